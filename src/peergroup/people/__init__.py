"""People, their companies, and how they are known elsewhere."""
