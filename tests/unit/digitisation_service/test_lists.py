"""Lists of an agency's papers and drops, page by page, and what becomes of the verdict on a drop."""

import pytest

from chalicelib.contracts.digitisation import DropAcknowledged, UploadRefused
from chalicelib.contracts.event import heard
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.drops import Drop, drop_key, list_key, refused, taken
from chalicelib.digitisation.model import Refused
from chalicelib.digitisation.store import DropTable, Table
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.paging import PAGE
from chalicelib.kernel.problem import BodyInvalid, NotFound
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import REFERENCE, waits

AGENCY = people.OFFICE["id"]
NOW = Clock()()


def drop(key="drops/H01/x/a.jpg", version="v1", at=NOW):
    reason = {"reason_code": "no_dossier", "reason_vi": "Không có", "reason_en": "none"}
    told = UploadRefused(agency=AGENCY, version_id=version, **reason)
    arrival = Arrival("drop", key, version, batch="x", name="a.jpg", agency=AGENCY)
    return refused(arrival, Refused(*reason.values()), 5, stamp(at)), told


def test_copies_wait_on_the_list_of_their_agency_the_oldest_first_and_page_by_page(tables):
    clock, names = Clock(), [f"c{n:03d}" for n in range(PAGE + 2)]
    for name in names:
        waits(name, clock())
        clock.advance(seconds=1)
    waits("other", clock(), agency="H01.10.25", wl_pk=list_key("H01.10.25", "sign_copy"))
    first, following = Table().waiting([AGENCY], "")
    second, end = Table().waiting([AGENCY], following)
    assert [row.component for row in (*first, *second)] == names
    assert (len(first), end) == (PAGE, None)
    assert first[0].opened_at == stamp(Clock()())
    with pytest.raises(NotFound):
        Table().waiting(["H01.10.25"], following)
    with pytest.raises(BodyInvalid):
        Table().waiting([AGENCY], "not a cursor")


def test_a_refused_drop_stands_once_on_the_list_of_its_agency_with_its_reason(tables):
    for at in ("2026-11-25T10:00:00", "2026-11-25T11:00:00"):  # told twice
        DropTable().refuse(*drop(at=Clock(at)()), Clock(at)())
    DropTable().refuse(*drop(version="v2", at=Clock("2026-11-25T12:00:00")()), NOW)
    found, following = DropTable().listed([AGENCY], "refused", "")
    assert [(d.key, d.reason("vi"), d.reason("en")) for d in found] == [("drops/H01/x/a.jpg", "Không có", "none")] * 2
    assert found[0].pk == drop_key(AGENCY, digest("drops/H01/x/a.jpg", "v1"))
    assert [d.wl_sk for d in found] == ["2026-11-25T03:00:00.000+00:00", "2026-11-25T05:00:00.000+00:00"]
    assert following is None
    assert DropTable().listed(["H01.10.25"], "refused", "") == ([], None)
    assert tables.types("Messages", found[0].pk) == ["upload.refused"]
    assert "a.jpg" not in repr(tables.events("Messages", found[0].pk)), "people name files after people"


def test_a_refused_drop_says_its_shape_and_one_of_an_earlier_release_is_read(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    item = tables.get("Messages", made.pk, "HEAD")
    assert item.pop("shape") == Drop.shape
    del item["size"]
    tables.put("Messages", item)
    (found,), _ = DropTable().listed([AGENCY], "refused", "")
    assert (found.reason_code, found.kind, found.size) == ("no_dossier", "refused", None)


def test_lists_of_several_agencies_are_one_in_the_order_of_time_page_by_page(tables):
    """Each goes on where the last page that showed something of it left it, though a page between showed nothing."""
    clock, other = Clock(), "H01.10.25"
    mine, theirs = [f"m{n:03d}" for n in range(2 * PAGE)], [f"t{n:03d}" for n in range(4)]
    order = [*mine[:2], *theirs[:2], *mine[2:], *theirs[2:]]
    for name in order:
        waits(name, clock(), **({"agency": other, "wl_pk": list_key(other, "sign_copy")} if name in theirs else {}))
        clock.advance(seconds=1)
    pages, following = list[list[str]](), ""
    while following is not None:
        rows, following = Table().waiting([AGENCY, other] if len(pages) % 2 else [other, AGENCY], following)
        pages.append([row.component for row in rows])
    assert pages == [order[:PAGE], order[PAGE : 2 * PAGE], order[2 * PAGE :]]
    assert [row.component for row in Table().waiting([other], "")[0]] == theirs
    _, following = Table().waiting([AGENCY, other], "")
    with pytest.raises(NotFound):
        Table().waiting([AGENCY], following)


@pytest.mark.parametrize(("count", "pages"), [(PAGE - 1, 1), (PAGE + 1, 2)])
def test_two_short_lists_are_one_page_when_they_fit_and_two_when_they_do_not(tables, count, pages):
    clock, other = Clock(), "H01.10.25"
    for n in range(count):
        waits(f"c{n:03d}", clock(), **({"agency": other, "wl_pk": list_key(other, "sign_copy")} if n % 2 else {}))
        clock.advance(seconds=1)
    first, following = Table().waiting([AGENCY, other], "")
    assert (len(first), following is None) == (min(count, PAGE), pages == 1)
    if following:
        second, end = Table().waiting([AGENCY, other], following)
        assert ([row.component for row in second], end) == ([f"c{PAGE:03d}"], None)


@pytest.mark.parametrize("empty", ["H01.10.23", "H01.10.25"])
def test_a_long_list_goes_on_beside_one_that_is_empty(tables, empty):
    for n in range(PAGE + 1):
        waits(f"c{n:03d}", NOW)
    _, following = Table().waiting([AGENCY, empty], "")
    assert [row.component for row in Table().waiting([AGENCY, empty], following)[0]] == [f"c{PAGE:03d}"]


def test_who_saw_to_a_refused_drop_is_kept_and_their_name_stays_off_the_bus(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    kept = DropTable().drop(made.pk)
    later = Clock("2026-11-26T10:00:00")()
    answer = DropTable().acknowledge(kept, "Phan Bích Lượng", "officer-1", later)
    found = DropTable().drop(made.pk)
    assert (found.kind, found.acknowledged_by, found.acknowledged_at) == (
        "acknowledged",
        "Phan Bích Lượng",
        stamp(later),
    )
    assert (found.wl_pk, found.wl_sk) == (list_key(AGENCY, "acknowledged"), stamp(later))
    for name in ("kind", "acknowledged_by", "acknowledged_at", "wl_pk", "wl_sk", "reason_code"):
        assert getattr(answer, name) == getattr(found, name)
    *_, row = tables.events("Messages", made.pk)
    assert (row["actor"], heard(DropAcknowledged, row["data"])) == (
        "officer-1", DropAcknowledged(agency=AGENCY, drop=made.id),
    )  # fmt: skip
    with pytest.raises(aws.Lost) as lost:
        DropTable().acknowledge(kept, "An", "officer-2", later)
    assert "head" in lost.value


def test_a_drop_of_a_lot_that_is_taken_in_after_all_forgets_why_it_waited(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    arrival = Arrival("drop", made.key, "v1", batch="x", name="a.jpg", agency=AGENCY)
    now = taken(arrival, "c1", REFERENCE, 7, "c0", stamp(NOW))
    assert now.pk == made.pk
    DropTable().took(now, NOW).write()
    found = DropTable().drop(made.pk)
    for name in ("key", "kind", "size", "reference", "component", "same_as", "wl_pk", "wl_sk"):
        assert getattr(found, name) == getattr(now, name)
    assert (found.reason_code, found.reason("vi"), found.reason("en")) == (None, None, None)
    assert DropTable().listed([AGENCY], "refused", "") == ([], None)


def test_a_verdict_that_was_changed_meanwhile_is_not_written_over(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    change = DropTable().turn_down(DropTable().drop(made.pk), Refused("other", "Khác", "other"), NOW)
    tables.touch("Messages", made.pk)
    with pytest.raises(aws.Lost):
        change.write()
    assert DropTable().drop(made.pk).reason_code == "no_dossier"
    DropTable().turn_down(DropTable().drop(made.pk), Refused("other", "Khác", "other"), NOW).write()
    found = DropTable().drop(made.pk)
    assert (found.reason_code, found.reason("vi"), found.reason("en")) == ("other", "Khác", "other")


def test_values_are_forgotten_where_they_stand_and_a_row_that_went_meanwhile_does_not_come_back(tables, monkeypatch):
    made = waits("c1", NOW)
    rows = [{"pk": made.pk, "sk": f"FIELD#00{n}", "name": f"f{n}", "sealed": "secret"} for n in (1, 2)]
    tables.put("Messages", rows[0])
    monkeypatch.setattr("chalicelib.digitisation.store.aws.query", lambda *_: rows)
    Table().forget_values(made)
    assert tables.get("Messages", made.pk, "FIELD#001") == {**rows[0], "sealed": ""}
    assert tables.get("Messages", made.pk, "FIELD#002") is None
