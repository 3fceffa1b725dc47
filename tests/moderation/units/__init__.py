"""Tests of units and permissions."""
