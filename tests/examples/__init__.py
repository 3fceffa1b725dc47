"""Tests of the programs to try things with."""
