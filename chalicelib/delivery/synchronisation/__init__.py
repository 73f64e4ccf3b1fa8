"""The National Public Service Portal is told of each dossier and each of its steps: once, in order, whatever fails."""
