"""The archive form of a document, made in one place for all who make papers; pure: a document in, bytes out."""
