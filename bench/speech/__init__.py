"""How well and how fast speech is recognised."""
