"""How a discussion is held: modes, pins, features, locks."""
