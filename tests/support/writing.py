"""Operations without names, for tests of the table itself: part 0, part 1 and so on."""

from chalicelib.kernel import aws


def write(*ops: aws.Op) -> None:
    """All operations or none; a lost one is told by its number."""
    aws.transact({str(number): op for number, op in enumerate(ops)})
