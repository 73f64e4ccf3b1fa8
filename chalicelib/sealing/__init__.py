"""What a dossier seals of a person, under keys of its own: random, wrapped by KMS, turned, destroyed."""
