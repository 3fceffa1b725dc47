"""Reads the source as a syntax tree, for the test that holds the house together."""
