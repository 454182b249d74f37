"""The standing cast and made-up records for tests, through the apps' own actions."""
