"""The publication: articles, authors, pages, the studio and the importers."""
