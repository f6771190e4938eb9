"""Peergroup: the service behind moderated peer groups."""
