"""The tree of units, their members and what each may do."""
