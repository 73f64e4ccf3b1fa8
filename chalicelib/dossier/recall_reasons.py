"""Why an agency withdraws a paper that it signed, in the words that its owner reads. The list is policy of ours."""

from collections.abc import Mapping
from typing import Final

from chalicelib.contracts.messages import RecallReason

RECALL_REASONS: Final[Mapping[RecallReason, tuple[str, str]]] = {
    "unlawful": (
        "Cấp trái pháp luật hoặc không đúng thẩm quyền",
        "It was issued against the law, or by who was not competent",
    ),
    "wrong_facts": ("Nội dung không đúng sự thật", "What it says is not true"),
    "deceit": (
        "Được cấp do giấy tờ hoặc lời khai gian dối",
        "It was obtained by false papers or statements",
    ),
    "court": (
        "Theo bản án, quyết định của tòa án hoặc cơ quan có thẩm quyền",
        "By a judgment, or a decision of a competent authority",
    ),
    "issued_in_error": ("Cấp nhầm hoặc cấp trùng", "It was issued by mistake, or twice"),
}


def recall_words(reason: RecallReason | None, decision: str) -> str:
    """What the owner reads of it: the decision, and why where it was said."""
    words = f": {RECALL_REASONS[reason][0]}" if reason else ""
    return f"Thu hồi theo {decision}{words}"
