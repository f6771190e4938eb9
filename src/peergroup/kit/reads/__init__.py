"""Hot reads: one select, compiled once, sent straight to the driver, its JSON answered as the database built it.

The statement carries the credential, the reader's standing and the data, so that revoking and leaving hold
from the next request in every process. `statement` says how one is written and refuses it where a table is
not tied to the organization, `shapes` lets the database write JSON, `postgresql` and `sqlite` send it,
`lane` answers requests with it.
"""
