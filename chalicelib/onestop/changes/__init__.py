"""What changes the course of a dossier beside its tasks: withdrawal, payment, extension, its clock, its correction."""
