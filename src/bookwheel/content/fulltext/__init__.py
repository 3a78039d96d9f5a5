"""Reads the full text of papers: HTML, TeX and PDF into `core/document.py`'s one structure."""
