"""Did it work? Before and after, and beside similar people, with how sure we are."""
