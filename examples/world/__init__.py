"""The demo world: units, people, articles and a discussion, and how they get into an empty site."""
