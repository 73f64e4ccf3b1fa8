"""What an owner takes away of their vault: one archive, made while they wait elsewhere, kept for some days."""
