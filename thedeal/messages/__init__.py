"""Every message that leaves the house: outbox, opt-outs, quiet hours, one-tap links."""
