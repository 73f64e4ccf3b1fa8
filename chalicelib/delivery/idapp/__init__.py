"""The national ID app is told of connected papers of vaults; a paper is shown there if its owner wants that."""
