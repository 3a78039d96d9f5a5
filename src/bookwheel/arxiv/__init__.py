"""The outside world of papers, turned into `core.papers.Paper`."""
