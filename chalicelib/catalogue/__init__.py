"""What can be done, how far online, with which papers: the procedures of the national database."""
