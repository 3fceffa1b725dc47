"""How long what is kept of a person is kept, who lets go of it, and the page that says so."""
