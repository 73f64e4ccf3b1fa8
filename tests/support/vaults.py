"""The acts on a vault and on what is shared of it: `tests/http/test_vault_matrix.py` has their matrix."""

ACTS_OF_VAULTS = {
    "vault.read",
    "vault.take",
    "vault.upload",
    "vault.erase",
    "grant.give",
    "grant.list",
    "grant.read",
    "grant.withdraw",
    "link.open",
}
