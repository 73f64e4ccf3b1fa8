"""The embedded cloud: everything the product needs of AWS, in one process; for `motcua serve`, the demo and tests."""
