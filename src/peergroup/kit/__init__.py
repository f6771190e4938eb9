"""Mechanisms that know no domain: each in one small file, each the only home of what it does."""
