"""Tenants: organizations, their settings and their roles."""
