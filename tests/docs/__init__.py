"""The pages for people, compared with the code."""
