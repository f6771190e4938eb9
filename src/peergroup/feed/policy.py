"""Who may read the feed: everybody signed in; which facts they find is decided by `visibility`."""

from peergroup.kit.policy import EVERYBODY, Policy

READ = Policy("read the feed", EVERYBODY.roles, "events:read")
