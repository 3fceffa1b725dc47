"""Reads what WordPress exports; pure, knows neither Flask nor the database."""
