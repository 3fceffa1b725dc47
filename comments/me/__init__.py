"""A commenter's own page: all that is kept of one address, and his to change, take along or erase."""
