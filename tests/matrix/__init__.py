"""Tests that are generated from the routes and the lifecycle tables: a new one is covered the day it is born.

What only a room's author can know stands beside the room's tests, and is found there by itself:
`tests/<room>/examples.py` (a valid request for every route) and `tests/<room>/states.py` (how a thing gets
into each state of its lifecycle). What is missing fails with a message that says what to write.
"""
