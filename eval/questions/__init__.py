"""The golden questions: read, checked, drafted, varied, set aside."""
