"""The rooms of infra, as import-linter holds them: what is planted here against the order must be refused by name."""

import pytest

ROOMS = "Rooms of infra: what runs the product uses what declares it, never the other way"
PLANTED = {
    "infra.stack.watch": ("from infra.local import names\n", ROOMS),  # an arrow upwards, from room to room
    "infra.local.journal": ("from infra.local import delivery\n", "infra.local, downwards"),  # and inside of one
    "infra.demo.client": ("from infra.demo import story\n", "No circle of modules in infra"),
    "infra.command.unlisted": ('"""In no list."""\n', "infra.command, downwards"),
    "infra.attic.__init__": ('"""A room in no list."""\n', ROOMS),
}


@pytest.mark.parametrize("module", PLANTED)
def test_what_is_against_the_order_is_refused_by_name(linted, plant, module):
    text, contract = PLANTED[module]
    plant(module, text)
    code, broken, told = linted()
    assert code == 1
    assert contract in broken, told
