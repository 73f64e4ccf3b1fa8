"""Events that leave the house: a feed for each agency and portal, and webhooks that are pushed from it."""
