"""Following a discussion: its letters, its links and its feed."""
