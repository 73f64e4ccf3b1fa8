"""What an owner shares of their vault: with whom, for what, until when."""
