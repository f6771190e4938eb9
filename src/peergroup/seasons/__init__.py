"""A season as a document: groups, their years and their people, written down once and applied as often as you like."""
