"""Full texts on disk, and the index of their passages."""
