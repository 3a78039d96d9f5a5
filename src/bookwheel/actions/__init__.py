"""Every change, one verb a file."""
