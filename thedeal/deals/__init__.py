"""Conversations, two-sided deals, introductions, follow-ups, and the law's doors."""
