"""What changes money's records: packages, the ledger, the story of the gap."""
