"""Order the report of an agency's figures: one paper for each board, however often it is asked for."""

from dataclasses import dataclass

from chalicelib.contracts.messages import PaperOrdered
from chalicelib.kernel.access import Principal, Relation, allowed
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import NotFound
from chalicelib.measures.acts import REPORT
from chalicelib.measures.reports.model import order_of, report_of
from chalicelib.measures.reports.ports import Boards, ReportOrders


@dataclass(frozen=True, slots=True)
class Reporting:
    """The use cases of those who answer for an agency, and of an operator."""

    boards: Boards
    orders: ReportOrders
    clock: Clock

    def order(self, who: Principal, unit: str, period: str) -> str:
        """The name of the paper. Raises NotFound (an agency that is not theirs, no board yet), BodyInvalid (period)."""
        if not allowed(who, REPORT, Relation.AGENCY) or unit not in who.agencies:
            raise NotFound(what="agency")
        return self.ordered(unit, period)

    def ordered(self, unit: str, period: str) -> str:
        """The same for an operator, of any agency. Raises NotFound (no board yet), BodyInvalid (period)."""
        found = self.boards.board(unit, period)
        event = PaperOrdered(
            order=order_of(found.board),
            form="report",
            agency=unit,
            holder=digest("report", unit),  # nobody's: of an agency, so no key is needed
            report=report_of(found.board, found.content),
        )
        self.orders.order(event, self.clock())
        return event.order
