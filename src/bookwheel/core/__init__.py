"""Pure science: text, vectors, taste. No Django, network, file locations or clock."""
