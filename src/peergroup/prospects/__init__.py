"""Prospects: strangers on their way into a group, step by step through the organization's own funnel."""
