"""The site: thin pages over queries and actions."""
