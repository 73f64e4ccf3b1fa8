"""`motcua`: the command line, for people who run the product, and for those who try it."""
