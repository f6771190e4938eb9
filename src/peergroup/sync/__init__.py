"""Bringing people in from a CRM: files read as they come, staged, and applied in one transaction."""
