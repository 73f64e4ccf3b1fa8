"""What is written from the code itself: the API's description, the rules of law, the documentation site."""
