"""Tests of the upkeep of a site."""
