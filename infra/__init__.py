"""What surrounds the product, in rooms; arrows of import go down only, and `lint-imports` holds them to it.

bench        what the product costs
command      `motcua`, the command line
localstack   the packaged product on LocalStack
build        templates, zips and layers for AWS   |   demo   one dossier from the phone to the vault
local        the embedded cloud
stack        what exists on AWS   |   reference   pages written from the code
"""
