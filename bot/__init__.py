"""Rasa's process: what kind of turn this is. It runs alone on Python 3.10 and speaks to the app over HTTP only."""
