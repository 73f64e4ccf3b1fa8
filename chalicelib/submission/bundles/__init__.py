"""Children of bundles: a dossier of another procedure, made of what the parent's applicant sent already."""
