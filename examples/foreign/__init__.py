"""A library's site that was there before the plug-in, and that has no blog: what attaching it takes."""
