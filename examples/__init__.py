"""Programs to look at and to try things with; nothing that a site needs."""
