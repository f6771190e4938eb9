"""Sessions of a group: themes, agendas, who comes, who was there, and the clock while they run."""
