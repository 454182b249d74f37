"""One-tap answers in messages, where nobody is signed in."""
