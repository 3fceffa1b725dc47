"""Where people decide: the queue, its cards and decisions."""
