"""Journeys through the whole product in headless Chromium, and what every page of it must be."""
