"""A publisher over the real store and one local PKI, and the events that it hears."""

import pytest
from msgspec.structs import replace

from chalicelib.contracts.digitisation import SignatureOrdered, Signer
from chalicelib.contracts.event import told
from chalicelib.contracts.messages import CopySigned, MessageConverted, PinnedFile
from chalicelib.contracts.onestop import (
    Answer,
    DossierAccepted,
    DossierDecided,
    ReceiptComponent,
    ReceiptPrivate,
    ResultPrivate,
)
from chalicelib.contracts.plan import Office, PlannedResult
from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.publishing import Publisher
from chalicelib.messages.service import Signatures
from chalicelib.messages.store import Table
from chalicelib.messages.wiring import kept_years
from chalicelib.sealing.door import seal
from infra.local.pki import ensure_pki
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]

URL = "https://motcua.example.vn"
SIGNER = people.LEADER.name
"""As the leader's certificate says; their token says another name."""
CODE = "H01.10.24-261125-0001"
OFFICE = Office(**people.OFFICE)
ACCEPTED_AT, DUE_AT = "2026-11-25T02:20:05.000+00:00", "2026-11-26T16:59:00.000+00:00"


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pki") / "keys"
    agencies = {OFFICE.id: OFFICE.name}
    officers = {people.SCANNER.subject: people.SCANNER.name, people.LEADER.subject: SIGNER}
    serving = dict.fromkeys(officers, OFFICE.id)
    ensure_pki(folder, agencies=agencies, officers=officers, serving=serving, now=Clock()())
    return folder


@pytest.fixture(scope="session")
def keys(keys_folder):
    return LocalKeys(keys_folder)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def signatures(tables, keys, clock):
    """Signing by order, on the real store."""
    return Signatures(Table(), keys, {OFFICE.id: OFFICE.name}.__getitem__, clock)


@pytest.fixture
def desk(signatures):
    """A publisher on the real store."""
    return Publisher(signatures, URL, kept_years)


RECEIPT_PRIVATE = ReceiptPrivate(
    name=people.CITIZEN.name,
    personal_id=people.CITIZEN.personal_id,
    officer=people.RECEPTION.name,
    phone=people.FORM["requester"]["phone"],
    components=(
        ReceiptComponent(
            code=people.BIRTH_NOTICE, name="Giấy chứng sinh", filename="giay.jpg", size=412345, sha256="ab" * 32
        ),
    ),
)
RESULT_PRIVATE = ResultPrivate(
    name=people.CITIZEN.name,
    personal_id=people.CITIZEN.personal_id,
    approver="Tên Trong Thẻ",
    approver_id=people.LEADER.subject,
    form=people.FORM,
    answers=(Answer(label="Địa chỉ", value="Ấp Bình Hòa"),),
)


@pytest.fixture
def accepted(tables):
    """What reception tells of a dossier that it accepted."""
    return DossierAccepted(
        agency=OFFICE.id,
        handler=people.RECEPTION.name,
        received_at=ACCEPTED_AT,
        processed_at=ACCEPTED_AT,
        due_at=DUE_AT,
        reference="MC-1",
        dossier_code=CODE,
        procedure=people.PROCEDURE,
        procedure_name="Đăng ký khai sinh",
        term="1wd",
        office=OFFICE,
        rule_pack="2026-07-01",
        holder=people.CITIZEN.holder,
        sealed=seal("MC-1", told(RECEIPT_PRIVATE)),
        submitted_at="2026-11-25T02:00:00.000+00:00",
    )


@pytest.fixture
def decided(tables):
    """What is told of a dossier that was approved."""
    return DossierDecided(
        reference="MC-1",
        dossier_code=CODE,
        result_code=f"{CODE}-KQ1",
        procedure=people.PROCEDURE,
        procedure_name="Đăng ký khai sinh",
        result=PlannedResult(
            template="birth_certificate", name_vi="Giấy khai sinh", code="KQ.G15.000031", validity="không thời hạn"
        ),
        agency=OFFICE.id,
        office=OFFICE,
        holder=people.CITIZEN.holder,
        decided_at="2026-11-25T03:00:00.000+00:00",
        sealed=seal("MC-1", told(RESULT_PRIVATE)),
    )


@pytest.fixture
def order(stage):
    """An officer's signature on a copy, of a file that nobody stored yet."""
    return SignatureOrdered(
        order="COPY.MC-1.c1",
        kind="copy",
        title="Bản sao chụp có chữ ký số cá nhân",
        source=PinnedFile(key="papers/MC-1/c1/copy-unsigned.pdf", version_id="-", sha256="-"),
        target="papers/MC-1/c1/copy.pdf",
        signer=Signer(kind="officer", id=people.SCANNER.subject),
        reason="Sao chụp từ bản giấy",
        box=("20", "760", "200", "820"),
        lines=("Người sao chụp:",),
        certify=False,
        then=CopySigned.type,
        reference="MC-1",
        component="c1",
        agency=OFFICE.id,
        holder=people.CITIZEN.holder,
        procedure=people.PROCEDURE,
    )


@pytest.fixture
def conversion(order):
    """The agency's signature that closes a data message, of a file that nobody stored yet."""
    return replace(
        order,
        order="SH-1",
        kind="conversion",
        signer=Signer(kind="agency", id=OFFICE.id),
        lines=(),
        certify=True,
        target="papers/MC-1/c1/component.pdf",
        then=MessageConverted.type,
    )
