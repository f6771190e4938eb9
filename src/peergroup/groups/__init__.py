"""Groups, their covenants and memberships, and the standing of each person in them."""
