"""Paper originals of a dossier: who has each since when, handed on by slip, returned against a name."""
