"""Who keeps the result of what was filed under a mandate: twelve named policies of the rule pack. Pure."""

from chalicelib.law.rules import MandateState, Routing, Rules


def routing_of(clause: str, state: MandateState, rules: Rules) -> Routing:
    """The policy for a clause on storage and what became of its mandate (Decree 137/2024 Art. 8(4)).

    Raises StopIteration for a clause that no pack knows.
    """
    return next(each for each in rules.mandate_routing.value if (each.clause, each.state) == (clause, state))
