"""A change of a paper of an archive, under the version that was read; the first one makes its record."""

from datetime import datetime
from typing import Self

from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.event import told
from chalicelib.contracts.stored import written
from chalicelib.digitisation.archives.model import Archived, State, place_of
from chalicelib.digitisation.settings import MESSAGES_TABLE
from chalicelib.dossier.items import Component
from chalicelib.kernel import aws
from chalicelib.kernel.record import Change

REASON = ("reason_code", "reason_vi", "reason_en")


class ArchivedChange(Change):
    """What becomes of a paper of an archive. A lost part is "head", "component", or of whoever joined."""

    head: Archived

    def __init__(self, archived: Archived, now: datetime) -> None:
        super().__init__(MESSAGES_TABLE(), archived, now)

    def taken(self, component: Component) -> Self:
        """A scan came and is good; what was said of one before it is over."""
        item = {"pk": self.head.pk, "sk": f"COMPONENT#{component.id}", **written(component)}
        self.also("component", aws.put_new(MESSAGES_TABLE(), item))
        return self._now("taken").put(component=component.id, sha256=component.sha256).take_off(*REASON)

    def refused(self, code: str, vi: str, en: str) -> Self:
        """What came is no paper of the archive; another scan may come."""
        return self._now("refused").put(reason_code=code, reason_vi=vi, reason_en=en)

    def stored(self, code: str) -> Self:
        """Its data message is signed."""
        return self._now("stored").put(code=code)

    def settle_component(self, component: Component, digitisation: Digitisation) -> Self:
        """How the digitisation of a scan ended; "component" is lost when there is no such scan."""
        place, after = (self.head.pk, f"COMPONENT#{component.id}"), {"digitisation": told(digitisation)}
        op = aws.update(MESSAGES_TABLE(), place, put=after, condition="attribute_exists(pk)")
        return self.also("component", op, component)

    def _now(self, state: State) -> Self:
        return self.put(state=state, wl_sk=place_of(self.head.line, state))
