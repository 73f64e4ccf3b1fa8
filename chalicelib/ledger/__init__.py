"""The ledger: who stored or opened which file of a person. The only door through which such a file leaves the house."""
