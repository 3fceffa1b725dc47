"""The plug-in on a foreign site; the same tests run on the checkout and, from an empty folder, on the wheel."""
