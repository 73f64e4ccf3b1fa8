"""Who may do what in a review: whoever signs copies at the desk of the paper's agency."""

from typing import Final

from chalicelib.digitisation.acts import DESK
from chalicelib.kernel.access import act

LIST: Final = act("review.list", *DESK)
READ: Final = act("review.read", *DESK)
ANSWER: Final = act("review.answer", *DESK)
