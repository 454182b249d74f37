"""The desk's pages of people: finding, meeting, one calm page, how life is."""
