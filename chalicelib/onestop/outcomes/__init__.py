"""What each outcome of a task leads to: one step a file, all of them over one change of the dossier."""
