"""Peergroup: the service behind moderated peer groups."""

__version__ = "0.1.0"
