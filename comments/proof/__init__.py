"""What a reader has proved: that an address is his, and which names go with it."""
