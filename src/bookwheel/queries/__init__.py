"""Reads that list or count."""
