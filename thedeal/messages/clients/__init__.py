"""The carriers: email by Django's backends, texts and email by GOV.UK Notify."""
