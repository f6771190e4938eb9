"""Who may do what with seasons."""

from peergroup.kit.policy import EVERYBODY

SCHEMA = EVERYBODY
