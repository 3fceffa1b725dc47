"""Tests of changing and withdrawing one's own comment."""
