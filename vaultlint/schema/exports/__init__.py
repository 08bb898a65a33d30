"""Schemas for others: other programs, the app, people. A file for each form."""
