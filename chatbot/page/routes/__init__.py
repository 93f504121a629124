"""Addresses: which path answers with which view or JSON."""
