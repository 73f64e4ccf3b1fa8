"""A person asks an agency about their own data: see, correct, get, restrict, object, withdraw a consent, delete."""
