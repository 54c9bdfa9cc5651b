"""What Rasa asks the app for: which entry answers, what to ask back, whom to name."""
