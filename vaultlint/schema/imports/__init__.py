"""Schemas that other programs keep, as `[[schema]]` tables of ours."""
