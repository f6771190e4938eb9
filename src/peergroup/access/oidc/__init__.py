"""Identities at an external OIDC issuer: whom an organization trusts, whom a token means, and how both are linked."""
