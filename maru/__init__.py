"""Maru (마루): what every part shares (settings, database, logging) and the command line that runs it all."""

__version__ = "0.1.0"
