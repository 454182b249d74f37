"""The demo's own pages: the stage with its cast, and Newport as a showcase."""
