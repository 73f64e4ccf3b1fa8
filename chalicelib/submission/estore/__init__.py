"""The national e-data store is asked what it holds of who files, before a paper is asked of them."""
