"""Personal data stops here."""
