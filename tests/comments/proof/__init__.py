"""Confirmed addresses and protected names."""
