"""Tests of those who judge comments."""
