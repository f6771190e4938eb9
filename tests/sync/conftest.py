"""Fixtures of synchronization."""

from tests.sync.tryton import tryton

__all__ = ["tryton"]
