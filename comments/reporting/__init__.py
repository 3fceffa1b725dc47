"""Readers report a comment: the form, what is kept of it, and the two letters that a reporter may get."""
