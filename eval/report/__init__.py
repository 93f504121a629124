"""What people read of a run, and of two runs."""
