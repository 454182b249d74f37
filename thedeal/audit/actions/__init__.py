"""What may be added to the trail: rows, looks, seals; nothing is ever changed."""
