"""Search: the words of a group's challenges, contributions and promises, for whoever reads them anyway."""
