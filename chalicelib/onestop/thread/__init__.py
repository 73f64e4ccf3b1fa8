"""Messages between the applicant of a dossier and its agencies."""
