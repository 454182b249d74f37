"""The board: what leaders and finance see, neighbourhood by neighbourhood."""
