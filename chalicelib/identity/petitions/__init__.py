"""A person turns to an agency: a petition about a rule or about conduct, a complaint about a decision or an act."""
