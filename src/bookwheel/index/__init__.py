"""Files on disk that rank papers; all of them can be rebuilt from the database."""
