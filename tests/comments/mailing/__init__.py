"""The site's mail."""
