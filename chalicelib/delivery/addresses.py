"""Where the post brings a result: the applicant's own word, which an officer enters by what they signed (policy).

Of whatever else an officer orders the applicant is told.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from chalicelib.contracts.delivery import AddressEntered, CounterEntered, RegisterEntered, Way
from chalicelib.delivery.ports import Address
from chalicelib.dossier.change import Change
from chalicelib.dossier.counter_scans import counter_scan
from chalicelib.dossier.noticed import told_of
from chalicelib.dossier.people import is_concerned
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import ONLINE
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.sealing.door import seal

AT: Final = "/at_counter"
OWN: Final = FieldError(
    "/address",
    "applicants_own",
    "Hồ sơ nộp trực tuyến: địa chỉ nhận kết quả do người nộp tự khai trên cổng",
    "Filed online: the applicant says themselves, on the portal, where it is posted",
)
OWED: Final = FieldError(
    AT,
    "required",
    "Cần ghi ai đã yêu cầu gửi đến địa chỉ này và phiếu họ đã ký",
    "Say who asked for this address, and which slip they signed",
)
UNASKED: Final = FieldError(
    AT,
    "forbidden",
    "Chỉ cán bộ ghi mục này, và chỉ khi gửi qua bưu chính",
    "An officer alone says this, and for the post alone",
)
STRANGER: Final = FieldError(
    f"{AT}/number", "not_concerned", "Không phải người nộp hay người đại diện", "Neither the applicant nor their agent"
)
NO_SLIP: Final = FieldError(
    f"{AT}/slip",
    "unknown",
    "Không phải bản quét phiếu đã ký được đưa vào hồ sơ",
    "No scan of a signed slip that was put into the dossier",
)


_ENTERED: Final[Mapping[Way, tuple[type[CounterEntered | RegisterEntered], str]]] = {
    "counter": (CounterEntered, "Nhận kết quả giấy tại quầy / The result on paper is fetched at the counter"),
    "register": (RegisterEntered, "Kết quả được gửi vào sổ đăng ký của cơ quan / It goes into the agency's register"),
}
"""What is told of an order that names no address."""


class Present(NamedTuple):
    """Who signed for an address, by name and number, and the component that is the scan of their slip."""

    name: str
    number: str
    slip: str


def require_signed(dossier: Dossier, present: Present | None, *, is_entered: bool) -> None:
    """An address that an officer enters (`is_entered`) is one that the applicant signed for, of no online dossier.

    Raises BodyInvalid.
    """
    if not is_entered:
        if present:
            raise BodyInvalid(fields=[UNASKED])
        return
    if dossier.head.channel == ONLINE:
        raise BodyInvalid(fields=[OWN])
    if present is None:
        raise BodyInvalid(fields=[OWED])
    wrong = [] if is_concerned(dossier.head, present.number) else [STRANGER]
    wrong += [] if counter_scan(dossier, present.slip) else [NO_SLIP]
    if wrong:
        raise BodyInvalid(fields=wrong)


def tell_entered(change: Change, address: Address, present: Present, who: Principal) -> None:
    """The applicant is told at once where it goes, and who is said to have signed for it."""
    head = change.head
    where = f"{address.name}, {address.phone}, {address.address} (phiếu của {present.name})"
    event = AddressEntered(
        **told_of(head, who.name, change.now),
        slip=present.slip,
        sealed=seal(head.pk, {"reason": where}),
    )
    change.tell(event, actor=who.subject)


def tell_ordered(change: Change, way: Way, relation: Relation, who: Principal) -> None:
    """The applicant is told at once where an officer has their result go, however they filed; never of their own wish.

    Of an address `tell_entered` tells.
    """
    if relation is not Relation.AGENCY or way not in _ENTERED:
        return
    head, (kind, reason) = change.head, _ENTERED[way]
    event = kind(**told_of(head, who.name, change.now), sealed=seal(head.pk, {"reason": reason}))
    change.tell(event, actor=who.subject)
