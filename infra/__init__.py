"""What surrounds the product: resources, the local cloud, the command line."""
