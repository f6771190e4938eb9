"""Believable organizations from nothing, for the demo and for seeds: on the operator's machine only."""
