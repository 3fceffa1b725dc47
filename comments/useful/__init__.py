"""What readers found useful, and the order that comes of it."""
