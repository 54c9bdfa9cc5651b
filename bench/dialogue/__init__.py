"""What comes of a question, spoken beside typed."""
