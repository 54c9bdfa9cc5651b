"""Fits what retrieval learns from data: nothing here runs while questions are answered."""
