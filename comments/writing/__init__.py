"""From what was typed to the HTML that is stored: Markdown, sanitisers, limits."""
