"""PDF, and scanned pages."""
