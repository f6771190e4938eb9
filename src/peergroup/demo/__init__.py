"""Believable organizations from nothing: for the demo, for seeds, and for trying things out. Operator's machine only."""
