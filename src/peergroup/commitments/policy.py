"""Who may do what with promises. The standing is the principal: whoever does not find one, has none.

On leave one closes and moves what one promised, because the day comes all the same. Promising something in a
group, and changing what a promise says, is speaking there (`groups.policy.SAY`).
"""

from peergroup.kit.policy import Policy, Role

OWNER = Role(
    "the person who promised",
    lambda actor, commitment: (
        actor.person_id is not None and commitment is not None and actor.person_id == commitment.owner_id
    ),
)
PERSON = Role("person", lambda actor, _: actor.person_id is not None)

READ = Policy("read promises", (PERSON,), "content:read")
"""Every person may ask; `visibility` decides what is found."""
PROMISE = Policy("promise something", (PERSON,), "content:write")
EDIT = Policy("change a promise", (OWNER,), "content:write")
