"""Published FAQ entries, and how a question finds the one that answers it."""
