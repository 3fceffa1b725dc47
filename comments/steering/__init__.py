"""How a discussion is held: closed, read first, slow; comments pinned, featured, conversations locked."""
