"""What is measured of dossiers: counters from their logs, added up through the agencies, opened to the dossiers."""
