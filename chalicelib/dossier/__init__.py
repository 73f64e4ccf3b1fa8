"""The dossier's record: its items as types, one unit of work that writes them, one reader. It decides nothing."""
