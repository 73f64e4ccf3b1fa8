"""The dossier's life between agencies: tasks, legs, the control slip, the ten states."""
