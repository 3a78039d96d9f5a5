"""References that people bring along: BibTeX, RIS, CSL-JSON, Zotero, links, read into one form."""
