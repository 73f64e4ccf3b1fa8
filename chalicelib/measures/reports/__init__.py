"""The report of an agency on paper: what its board says, ordered here, printed and signed as every paper is."""
