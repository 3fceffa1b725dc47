"""Benchmarks: each compares with a limit or a rival in the same run and prints ratios."""
