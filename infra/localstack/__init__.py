"""The LocalStack tier: community edition in host mode, the packaged templates on it, the same journeys against it."""
