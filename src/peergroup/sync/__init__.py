"""People from other systems: reading their exports, mapping their columns, bringing them in."""
