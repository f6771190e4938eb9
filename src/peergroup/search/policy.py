"""Who may search: whoever reads the words of a group; what was released, everybody in the organization."""

from peergroup.challenges.policy import PERSON, READER
from peergroup.kit.policy import Policy

SEARCH = Policy("search what was said in a group", (READER,), "content:read")
OUTCOMES = Policy("read what others learned", (PERSON,), "content:read")
