"""The one door through which untrusted text reaches a page."""
