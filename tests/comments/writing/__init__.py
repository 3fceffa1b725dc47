"""Tests of the way from typed text to HTML."""
