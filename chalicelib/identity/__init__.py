"""Who is asking: tokens and the light authorizer in front of every route."""
