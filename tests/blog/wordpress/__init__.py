"""Tests of the WordPress reader."""
