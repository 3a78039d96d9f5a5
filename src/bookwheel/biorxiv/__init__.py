"""bioRxiv and medRxiv, which share one interface, turned into `core.papers.Paper`."""
