"""What is done with messages: write, send, opt out, make and follow links."""
