"""What leaves for readers elsewhere: digests as mail, news as webhooks; actions send them."""
