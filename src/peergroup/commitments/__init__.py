"""Commitments: what somebody promised, by when, and what came of it, from any source in one inbox."""
