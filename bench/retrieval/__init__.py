"""How often the right entry is found, and how honest the probability is."""
