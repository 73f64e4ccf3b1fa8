"""What the population, business and land registers are asked, and representation by law, which rests on it."""
