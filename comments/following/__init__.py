"""Letters and feeds for who follows a discussion."""
