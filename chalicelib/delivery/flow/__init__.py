"""A machine shows a result on its way to the destinations that are waited for; the dossier's own list drives it."""
