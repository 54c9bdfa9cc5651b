"""How soon an edited entry is served among many, and what searches notice of it."""
