"""What the product costs, against floors of the same run."""
