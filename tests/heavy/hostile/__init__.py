"""Hostile input for every route, sent to the service on both databases at once (`.ci/hostile`)."""
