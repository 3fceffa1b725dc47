"""Tests of rules, services and the row of checks."""
