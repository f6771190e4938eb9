"""Writes the parts of the client that follow from the contract: `python -m peergroup.client.generating`.

It reads openapi/openapi.json and writes `answers.py`, `inputs.py` and `rooms/`. What it writes is checked in, and
a test fails when it is stale. Nothing here is imported by the client itself.
"""
