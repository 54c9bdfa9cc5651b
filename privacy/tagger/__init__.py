"""A conditional random field over syllables that finds personal data where no rule expects it."""
