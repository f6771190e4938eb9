"""Signing in, keys and tokens: how a request becomes a principal."""
