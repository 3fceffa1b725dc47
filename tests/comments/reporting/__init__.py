"""Reports: the form, what is kept of them, the letters."""
