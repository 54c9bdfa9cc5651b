"""How the index holds up from 1,000 to 1,000,000 vectors."""
