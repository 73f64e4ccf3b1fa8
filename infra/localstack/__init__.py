"""The LocalStack tier: LocalStack community in host mode, the packaged templates on it, the same journeys against it."""
