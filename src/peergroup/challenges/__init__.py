"""Challenges: one member's problem, the parking lot where it waits, and what came of it."""
