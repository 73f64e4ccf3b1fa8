"""Who reads more of people than their work explains: found as the ledger is written, told to who supervises them."""
