"""Orders of reports, among the orders of papers: the messages print and sign them."""

from datetime import datetime

from chalicelib.contracts.messages import PaperOrdered
from chalicelib.kernel import aws
from chalicelib.kernel.record import Change
from chalicelib.measures.reports.model import ReportOrder
from chalicelib.measures.reports.settings import MESSAGES_TABLE
from chalicelib.messages.fence import report_key


class ReportTable:
    """Orders in DynamoDB."""

    def order(self, event: PaperOrdered, now: datetime) -> None:
        """An order with its event; one that was given before is not given again."""
        head = ReportOrder(pk=report_key(event.order), order=event.order)
        try:
            Change(MESSAGES_TABLE(), head, now).tell(event).write()
        except aws.Lost as lost:
            if "head" not in lost:
                raise
