"""Who judges comments: units, screening, the desk and the hub."""
