"""Webhooks: other systems are told what happened, as far as whoever registered them may know it."""
