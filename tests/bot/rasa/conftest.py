"""These are unittest files for Rasa's environment; tests/bot/test_rasa_environment.py runs them there."""

collect_ignore_glob = ["*.py"]
