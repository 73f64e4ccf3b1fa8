"""What a person has to look at before a value that was read is used; two of them where it matters."""
