"""One file for each page or gesture."""
