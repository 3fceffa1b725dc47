"""Rules, services and the row of checks that judges a draft."""
