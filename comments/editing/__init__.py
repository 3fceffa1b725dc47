"""What an author may still do with his own comment: change it for a while, or take it away."""
