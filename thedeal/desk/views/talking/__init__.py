"""The conversation, what fits near by, and the deal: beside a person, one screen each."""
