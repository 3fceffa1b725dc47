"""A commenter's own page."""
