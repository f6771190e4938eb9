"""Connectors: people as a CRM's API tells of them. They know HTTP and the CRM, and nothing of runs or the database."""
