"""Authorities, organisations, teams, memberships, agreements, a council's words."""
