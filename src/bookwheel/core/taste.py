"""One tag's model: fit from likes and hides, score rows, explain a row."""
