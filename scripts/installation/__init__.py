"""What ``make setup`` does, step by step. Standard library only and Python 3.8 or newer: nothing is installed yet."""
