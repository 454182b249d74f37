"""What has come of it so far: introductions, how it went, next steps, talks and notes."""
