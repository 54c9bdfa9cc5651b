"""How soon live speech gets its first text and its reply, through the whole running system."""
