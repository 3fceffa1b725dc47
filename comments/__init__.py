"""What a comment is and what readers do with it: the part that attaches to any Flask app."""
