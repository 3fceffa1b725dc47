"""What readers see of a discussion: in which order, under which addresses, by which reads."""
