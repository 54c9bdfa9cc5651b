"""What runs in other environments than the app's; nothing here imports from the app."""
