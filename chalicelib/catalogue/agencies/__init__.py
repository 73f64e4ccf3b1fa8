"""Agencies by date and outages: everybody reads, an administrator keeps."""
