"""Who may wish for what, and how a paper is handed over: each rule is seen to refuse."""

import threading
from copy import replace

import pytest
import requests
from msgspec import structs
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from chalicelib.contracts.delivery import DeliveryAsked, DeliveryParked, DeliverySettled, ResultTaken
from chalicelib.contracts.digitisation import AgencySignature, Digitisation
from chalicelib.contracts.event import heard
from chalicelib.contracts.onestop import DossierReturned
from chalicelib.delivery import settings
from chalicelib.delivery.carriers import NoCarrier, RemoteCarrier
from chalicelib.delivery.gateway import LONGEST
from chalicelib.delivery.model import Word
from chalicelib.delivery.ports import Parcel, Unreachable
from chalicelib.delivery.refusals import (
    ChildrenAsked,
    ConversionNotValid,
    DeliveryTwice,
    DeliveryUnderWay,
    DestinationNotConnected,
    NoResultYet,
    NotHandedOver,
    NotParked,
)
from chalicelib.delivery.sending import Sending
from chalicelib.delivery.service import Order
from chalicelib.delivery.takers import Handing, Took
from chalicelib.delivery.wiring import deliveries, sending
from chalicelib.dossier import lists
from chalicelib.dossier.refusals import MandateEnded
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, ContentErased, KeyReused, NotAllowed, NotFound
from chalicelib.sealing.door import unseal
from infra.local.carriers import CARRIERS, MOUNT, Carriers
from tests.fakes import people
from tests.support.acting import AGENT, ended, ready, represent, tell
from tests.support.family import Family
from tests.support.parcels import Mail

SIGNED = Digitisation(
    status="converted",
    conversion_id="CV-1",
    agency_signature=AgencySignature(signed_at="2026-11-25T02:00:00.000+00:00", message="M-1"),
)
RESULT = "KQ.G15.000031"
"""What the procedure issues, by its code in the national catalogue."""
PRINT = Handing(to="applicant", proof="signature", paper="print")
PARCEL = Parcel(id="MC-1.KQ1.app", document="KQ1", title="Giấy", sha256="ab", agency="H01", receiver="1")


@pytest.fixture
def mail(hall):
    return Mail(hall)


@pytest.fixture
def approved(mail):
    return mail.hall.at("receive", "verify", "approve")


def hand(mail, reference, way="counter", handing=PRINT, key="hand", who=people.RECEPTION):
    return mail.deliveries.hand_over(Order(who, reference, key, repr(handing).encode()), way, handing)


def original(component):
    return Handing(to="applicant", proof="signature", paper="original", conversion=component)


def test_a_wish_is_told_once_under_its_key_and_a_second_is_refused(mail, approved):
    for _ in range(2):
        mail.ask(approved, "app")
    assert len(mail.hall.told(approved, DeliveryAsked)) == 1
    with pytest.raises(DeliveryTwice):
        mail.ask(approved, "app", key="again")
    with pytest.raises(KeyReused):
        mail.deliveries.ask(Order(people.CITIZEN, approved, "ask-app", b"other"), "app", None)


def test_two_wishes_at_once_are_both_there(mail, approved):
    mail.hall.rows.meanwhile(lambda: mail.ask(approved, "counter"))
    mail.ask(approved, "app")
    assert mail.hall.draft(approved).head.awaits == ("counter", "app")


def test_whoever_files_for_another_has_it_posted_and_not_sent_to_the_app(mail, hall):
    represent(hall)
    reference = ready(hall)
    hall.submit(reference, AGENT)
    mail.ask(reference, "post", AGENT)
    with pytest.raises(NotAllowed):
        mail.ask(reference, "app", AGENT)
    with pytest.raises(NotFound):
        mail.ask(reference, "post", people.HALF_KNOWN)


def test_without_a_gateway_nobody_wishes_for_the_app_and_an_officer_brings_the_post(mail, approved):
    mail.carrier.connected = False
    for way, who in (("app", people.CITIZEN), ("register", people.RECEPTION)):
        with pytest.raises(DestinationNotConnected):
            mail.ask(approved, way, who)
    mail.ask(approved, "post")
    mail.signed(approved)
    mail.hear(approved)
    assert (mail.of(approved, "post").state, mail.of(approved, "post").due_at) == ("waiting", None)
    hand(mail, approved, "post", Handing(to="applicant", proof="postal_receipt", proof_number="EM1", paper="print"))
    mail.hear(approved)
    assert mail.state(approved) == 10


def test_what_came_to_no_result_goes_nowhere(mail, hall):
    reference = hall.submitted()
    hall.put(reference, state=3)
    with pytest.raises(NoResultYet):
        mail.ask(reference, "app")


def test_nobody_hands_over_before_there_is_a_result_nor_twice_nor_what_the_gateway_brings(mail, approved):
    mail.ask(approved, "counter", people.RECEPTION)
    mail.ask(approved, "app")
    with pytest.raises(NoResultYet):
        hand(mail, approved)
    mail.signed(approved)
    with pytest.raises(NotHandedOver):
        hand(mail, approved, "app")
    with pytest.raises(NotAllowed):
        hand(mail, approved, who=people.CITIZEN)
    hand(mail, approved)
    with pytest.raises(NotHandedOver):
        hand(mail, approved, key="again")
    with pytest.raises(NotParked):
        mail.deliveries.retry(Order(people.RECEPTION, approved, "retry", b""), "app")
    assert [each.outcome for each in mail.hall.told(approved, DeliverySettled)] == ["handed_over"]
    (told,) = [row for row in mail.hall.rows.events(approved) if row["type"] == DeliverySettled.type]
    assert told["actor"] == people.RECEPTION.subject
    assert people.CITIZEN.name not in str(mail.hall.rows.partition(approved, "DELIVERY#"))


def test_the_number_of_an_identity_card_stands_nowhere_in_clear(mail, approved):
    mail.ask(approved, "counter", people.RECEPTION)
    mail.signed(approved)
    hand(
        mail,
        approved,
        handing=Handing(to="applicant", proof="identity_document", proof_number="001195077777", paper="print"),
    )
    handed = mail.of(approved, "counter").handed
    assert "001195077777" not in str(mail.hall.rows.partition(approved, "DELIVERY#"))
    assert heard(Took, unseal(approved, handed.sealed)).proof_number == "001195077777"


def test_a_paper_signed_by_hand_is_handed_over_once_it_was_converted(mail, approved):
    """R26: the dossier is not returned while its conversion record is not valid."""
    mail.ask(approved, "counter", people.RECEPTION)
    mail.signed(approved)
    mail.hear(approved)
    bad = {
        "waiting": Digitisation(status="waiting"),
        "unsigned": structs.replace(SIGNED, agency_signature=None),
        "unnamed": structs.replace(SIGNED, conversion_id=None),
        "rejected": structs.replace(SIGNED, status="rejected"),
    }
    for name, each in bad.items():
        component = mail.hall.add(approved, RESULT, key=f"uploads/{name}", digitisation=each)
        mail.hall.put(approved, paper_result=component.id)
        with pytest.raises(ConversionNotValid):
            hand(mail, approved, handing=original(component.id))
    old = mail.hall.add(approved, RESULT, key="uploads/old", digitisation=SIGNED)
    mail.hall.rows.change(approved, f"COMPONENT#{old.id}", superseded_by="x")
    mail.hall.put(approved, paper_result=old.id)
    asked = mail.hall.add(approved, key="uploads/asked", digitisation=SIGNED)
    other = mail.hall.add(approved, "000.00.00.G15-KQ000001", key="uploads/other", digitisation=SIGNED)
    for name in (old.id, "none", None, asked.id, other.id):
        with pytest.raises(ConversionNotValid):
            hand(mail, approved, handing=original(name))
    assert mail.state(approved) == 9
    good = mail.hall.add(approved, RESULT, key="uploads/good", digitisation=SIGNED)
    with pytest.raises(ConversionNotValid):
        hand(mail, approved, handing=original(good.id))
    mail.hall.put(approved, paper_result=good.id)
    hand(mail, approved, handing=original(good.id))
    mail.hear(approved)
    handed = mail.of(approved, "counter").handed
    assert (handed.paper, handed.conversion, mail.state(approved)) == ("original", "CV-1", 10)


def test_what_nobody_is_to_keep_is_returned_once_it_was_handed_over(mail, hall):
    represent(hall, storage="NONE")
    reference = ready(hall)
    hall.submit(reference, AGENT)
    mail.ask(reference, "counter", AGENT)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    mail.signed(reference)
    mail.hear(reference)
    assert mail.state(reference) == 9
    hand(mail, reference)
    mail.hear(reference)
    assert mail.state(reference) == 10
    (returned,) = hall.told(reference, DossierReturned)
    assert [each.destination for each in returned.delivered] == ["authority", "counter"]


def test_what_the_gateway_sends_is_handed_over_by_nobody_at_that_moment(mail, approved):
    by_post = Handing(to="applicant", proof="postal_receipt", proof_number="EM1", paper="print")
    mail.ask(approved, "post")
    mail.signed(approved)
    with pytest.raises(NotHandedOver):
        hand(mail, approved, "post", by_post)
    mail.carrier.way = "mute"
    mail.hear(approved)
    assert mail.of(approved, "post").state == "sending"
    with pytest.raises(NotHandedOver):
        hand(mail, approved, "post", by_post)


def test_what_a_representative_wished_for_is_parked_when_their_mandate_was_revoked(mail, hall):
    kept = represent(hall)
    reference = ready(hall)
    hall.submit(reference, AGENT)
    mail.ask(reference, "counter", AGENT)
    mail.ask(reference, "post", people.CITIZEN)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    ended(hall, kept)
    mail.signed(reference)
    mail.hear(reference)
    assert (mail.of(reference, "counter").state, mail.of(reference, "counter").why) == ("parked", "mandate_ended")
    assert mail.of(reference, "post").state == "delivered"
    assert [(each.destination, each.why) for each in hall.told(reference, DeliveryParked)] == [
        ("counter", "mandate_ended")
    ]
    them = Handing(to="agent", name=AGENT.name, number=AGENT.identity, proof="signature", paper="print")
    with pytest.raises(MandateEnded):
        hand(mail, reference, handing=them)
    brought = mail.hall.add(reference, "UNCLASSIFIED", origin="drop", key="drops/new").id
    with pytest.raises(MandateEnded):
        hand(mail, reference, handing=structs.replace(them, authorisation=brought))
    hand(mail, reference, handing=structs.replace(them, number="087084000999", authorisation=brought))
    assert mail.of(reference, "counter").state == "handed_over"


def test_whoever_represents_under_a_mandate_that_holds_takes_it(mail, hall):
    represent(hall)
    reference = ready(hall)
    hall.submit(reference, AGENT)
    mail.ask(reference, "counter", AGENT)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    mail.signed(reference)
    mail.hear(reference)
    them = Handing(to="agent", name=AGENT.name, number=AGENT.identity, proof="signature", paper="print")
    other = structs.replace(them, number="087084000999")
    assert refused(lambda: hand(mail, reference, handing=other)) == [("/authorisation", "required")]
    hand(mail, reference, handing=them)
    assert mail.of(reference, "counter").state == "handed_over"
    (told,) = hall.told(reference, ResultTaken)
    assert (told.authorisation, told.handler) == (None, people.RECEPTION.name)
    assert f": {AGENT.name} (ủy quyền trên hồ sơ, chữ ký)" in unseal(reference, told.sealed)["reason"]


def test_whose_mandate_is_over_as_agreed_brings_a_paper(mail, hall):
    kept = represent(hall)
    reference = ready(hall)
    hall.submit(reference, AGENT)
    mail.ask(reference, "counter", AGENT)
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    mail.signed(reference)
    mail.hear(reference)
    over = structs.replace(kept, state="ended", ended_at=stamp(hall.clock()), ended_why="work_done")
    tell(hall, over)
    them = Handing(to="agent", name=AGENT.name, number=AGENT.identity, proof="signature", paper="print")
    assert refused(lambda: hand(mail, reference, handing=them)) == [("/authorisation", "required")]
    brought = mail.hall.add(reference, "UNCLASSIFIED", origin="drop", key="drops/new").id
    hand(mail, reference, handing=structs.replace(them, authorisation=brought))


def refused(act):
    """The places of a body that is refused, each with its rule."""
    with pytest.raises(BodyInvalid) as found:
        act()
    return [(each.pointer, each.rule) for each in found.value.fields]


def test_only_a_scan_that_was_brought_for_it_lets_an_agent_take_a_result(mail, approved):
    mail.ask(approved, "counter", people.RECEPTION)
    mail.signed(approved)
    mail.hear(approved)
    them = Handing(to="agent", name="Lý Oanh", number="087084000999", proof="signature", paper="print")
    given = {"code": "UNCLASSIFIED", "origin": "drop"}
    bad = {
        "uploaded": {**given, "origin": "upload"},
        "asked for": {**given, "code": people.BIRTH_NOTICE},
        "rejected": {**given, "digitisation": structs.replace(SIGNED, status="rejected")},
        "replaced": given,
        "the result": given,
    }
    found = {name: mail.hall.add(approved, key=f"drops/{name}", **each).id for name, each in bad.items()}
    mail.hall.put(approved, paper_result=found["the result"])
    mail.hall.rows.change(approved, f"COMPONENT#{found['replaced']}", superseded_by="x")
    for name in (*found.values(), "none"):
        wrong = structs.replace(them, authorisation=name)
        assert refused(lambda wrong=wrong: hand(mail, approved, handing=wrong)) == [("/authorisation", "unknown")]
    good = mail.hall.add(approved, key="drops/good", **given).id
    hand(mail, approved, handing=structs.replace(them, authorisation=good))
    assert mail.of(approved, "counter").handed.authorisation == good
    (told,) = mail.hall.told(approved, ResultTaken)
    assert told.authorisation == good
    assert "087084000999" not in str(unseal(approved, told.sealed))


def test_the_children_of_a_bundle_are_asked_and_not_the_bundle(hall):
    family = Family(hall)
    parent = family.filed()
    mail = Mail(hall)
    child = family.started(parent)
    with pytest.raises(ChildrenAsked) as refused:
        mail.ask(parent, "counter")
    assert child in str(vars(refused.value))


def test_no_portal_asks_for_the_app_in_its_holders_name(mail, approved):
    with pytest.raises(NotAllowed):
        mail.ask(approved, "app", replace(people.CITIZEN, portal="dvc"))


def test_what_was_erased_is_wished_for_no_more_and_leaves_the_list(mail, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    mail.hall.put(approved, erased_at="2026-11-25T02:00:00.000+00:00")
    with pytest.raises(ContentErased):
        mail.ask(approved, "counter")
    assert [row.pk for row in lists.deliveries_due(mail.hall.clock())] == [approved]
    assert (mail.sending.run().failed, mail.carrier.kept) == (0, [])
    assert list(lists.deliveries_due(mail.hall.clock())) == []


# --- the gateway ---------------------------------------------------------------------------------------------------


@pytest.fixture
def gateway():
    """The local stage's destinations over HTTP."""
    carriers = Carriers()
    carriers.odd = None

    def served(environ, start_response):
        request = Request(environ)
        answer = carriers.odd or carriers.respond(request, request.path.removeprefix(MOUNT), "r")
        return answer(environ, start_response)

    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    carriers.url = f"http://127.0.0.1:{server.server_port}{MOUNT}"
    yield carriers
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("way", CARRIERS)
def test_a_destination_takes_a_parcel_and_says_what_became_of_it(gateway, way):
    remote = RemoteCarrier(gateway.url, "key")
    assert remote.find(way, PARCEL.id) is None
    gateway.behave(**{way: "slow"})
    assert remote.send(way, PARCEL) == Word(state="taken", receipt=f"{way}-{PARCEL.id[-12:]}")
    gateway.behave(**{way: "well"})
    assert remote.find(way, PARCEL.id).state == "delivered"
    assert [each["document"] for each in gateway.kept[way]] == ["KQ1"]
    gateway.behave(**{way: "refuses"})
    assert remote.send(way, PARCEL).state == "refused"


@pytest.mark.parametrize("badly", ["down", "nonsense", "mute"])
def test_a_destination_that_answers_nothing_of_use_is_not_reached(gateway, badly):
    remote = RemoteCarrier(gateway.url, "")
    gateway.behave(app=badly)
    with pytest.raises(Unreachable):
        remote.send("app", PARCEL)
    assert len(gateway.kept["app"]) == (badly == "mute")
    if badly != "mute":
        with pytest.raises(Unreachable):
            remote.find("app", PARCEL.id)


@pytest.mark.parametrize("answer", [b"{" + b" " * LONGEST + b'"state": "delivered"}', b"[]"])
def test_an_answer_that_is_none_is_not_believed(gateway, answer):
    gateway.odd = Response(answer)
    with pytest.raises(Unreachable):
        RemoteCarrier(gateway.url, "").send("app", PARCEL)


def test_nobody_there_is_not_reached():
    with pytest.raises(Unreachable):
        RemoteCarrier("http://127.0.0.1:9", "").send("app", PARCEL)
    for call in (lambda: NoCarrier().find("app", "x"), lambda: NoCarrier().send("app", PARCEL)):
        with pytest.raises(Unreachable):
            call()
    assert not NoCarrier().reaches("app")


def test_the_local_control_refuses_what_it_does_not_know(gateway):
    for body, status in (({"app": "slow"}, 200), ({"moon": "slow"}, 400), ({"app": "odd"}, 400)):
        assert requests.put(f"{gateway.url}/control", json=body, timeout=10).status_code == status


def test_a_deployed_stage_reaches_no_destination_in_clear():
    assert settings.URL.unsafe("http://127.0.0.1/local/carriers")
    assert not settings.URL.unsafe("https://gateway.example.vn")
    assert not settings.URL.unsafe("none")


def test_a_stage_without_a_gateway_has_none_and_one_with_it_has_its_key(stage):
    assert isinstance(sending(), Sending)
    assert isinstance(deliveries().carrier, NoCarrier)
    stage.setenv(settings.URL.name, "https://gateway.example.vn/")
    assert sending().carrier == RemoteCarrier("https://gateway.example.vn", "delivery-0123456789abcdef")
    assert deliveries().carrier == RemoteCarrier("https://gateway.example.vn", "")


def test_a_wish_is_taken_back_by_those_whose_it_is(mail, hall):
    def take_back(reference, way, who, key="back"):
        return mail.deliveries.withdraw(Order(who, reference, key, b""), way)

    represent(hall)
    reference = ready(hall)
    hall.submit(reference, AGENT)
    mail.ask(reference, "post", AGENT)
    mail.ask(reference, "counter", people.RECEPTION)
    mail.ask(reference, "app", people.CITIZEN)
    for who, way in ((AGENT, "app"), (AGENT, "counter"), (people.CITIZEN, "counter"), (people.RECEPTION, "post")):
        with pytest.raises(NotAllowed):
            take_back(reference, way, who)
    take_back(reference, "post", AGENT)
    take_back(reference, "app", people.CITIZEN)
    assert (mail.of(reference, "post").state, mail.of(reference, "post").sealed) == ("withdrawn", None)
    assert hall.draft(reference).head.awaits == ("counter",)
    assert [told.outcome for told in hall.told(reference, DeliverySettled)] == ["withdrawn", "withdrawn"]


def test_a_parcel_that_a_person_carries_is_not_taken_back(mail, approved):
    mail.ask(approved, "post")
    mail.sending = replace(mail.sending, carrier=NoCarrier())
    mail.signed(approved)
    mail.hear(approved)
    assert mail.of(approved, "post").state == "waiting"
    with pytest.raises(DeliveryUnderWay):
        mail.deliveries.withdraw(Order(people.CITIZEN, approved, "back", b""), "post")


def test_a_wish_for_which_an_attempt_was_made_stays(mail, approved):
    mail.ask(approved, "app")
    mail.carrier.way = "down"
    mail.signed(approved)
    mail.hear(approved)
    assert (mail.of(approved, "app").state, len(mail.of(approved, "app").attempts)) == ("sending", 1)
    with pytest.raises(DeliveryUnderWay):
        mail.deliveries.withdraw(Order(people.CITIZEN, approved, "back", b""), "app")
