"""The app: pages, REST API, and the turn from a citizen's words to a reply."""
