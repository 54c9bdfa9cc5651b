"""How quick a text turn is through the whole running system."""
