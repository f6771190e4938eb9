"""SCIM 2.0: the organization's directory (Okta, Entra ID) brings people and groups in, and takes them out."""
