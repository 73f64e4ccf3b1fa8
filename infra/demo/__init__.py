"""One dossier from the phone to the vault: the people, their papers and what they ask, over HTTP only."""
