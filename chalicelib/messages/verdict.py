"""The answer to "is this file what an agency signed?", for people and for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Literal

type State = Literal["valid", "intact", "invalid"]
type Covers = Literal["file", "file_then", "nothing"]
type Origin = Literal["native", "converted", "copied", ""]
"""Made as a data message, converted from paper to one, the copy of a paper; or the file does not say."""

UNSIGNED_BYTES: Final = "bytes no signature covers"
ORIGIN: Final = "origin: the register was not asked for this document"
REVOCATION: Final = "certificate revocation"
SIGNING_TIME: Final = "signing time (claimed by the signer)"
PURPOSE: Final = "purpose of a certificate"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer: True, False, or None when it could not be asked."""

    name: str
    ok: bool | None
    detail_vi: str
    detail_en: str


@dataclass(frozen=True, slots=True)
class SignerFact:
    """Who signed which field, and when: the timestamp's time, else the time the signer claims.

    `kind` and `agency` are what the certificate says of its bearer (`bearers.Bearer`).
    """

    name: str
    kind: str
    agency: str
    field: str
    signed_at: datetime | None
    timestamped: bool
    certifies: bool
    covers: Covers = "nothing"
    """The whole file as it is now, the whole file as it was when this signature was made, or not even that."""
    revoked: bool | None = None
    """What the issuer said of the certificate, as the file tells it; None: it tells nothing."""
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StampFact:
    """A timestamp over the whole file up to it: by which authority, when, and until when its certificate holds."""

    authority: str
    stamped_at: datetime | None
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the document carries; `signed`: it stood there, the same, when the last signature was made."""

    name: str
    media_type: str
    relationship: str
    size: int
    signed: bool


@dataclass(frozen=True, slots=True)
class Document:
    """The document by what its signatures say of it, or, in an earlier release, its metadata; `holder` by initials."""

    code: str
    title: str
    agency: str
    agency_name: str
    holder: str
    lookup: str
    kind: str = ""

    @property
    def origin(self) -> Origin:
        """Where the document comes from, by what its signatures say that it is."""
        return ORIGINS.get(self.kind, "native") if self.kind else ""


ORIGINS: Final[dict[str, Origin]] = {"conversion": "converted", "copy": "copied"}
"""Of every other kind no paper was before it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `unchecked` names what nothing here proves.

    "valid" only when the register knows this very file; a file without a failed check that nobody asked the register
    for is "intact": whoever holds a stolen key makes one, too.
    """

    state: State
    document: Document | None
    checks: tuple[Check, ...]
    unchecked: tuple[str, ...]
    signers: tuple[SignerFact, ...]
    sha256: str
    stamps: tuple[StampFact, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing failed, and the register knows the file."""
        return self.state == "valid"

    def as_dict(self) -> dict[str, object]:
        """The verdict as JSON types; times are ISO 8601."""
        return {
            "valid": self.valid,
            "state": self.state,
            "document": self.document and asdict(self.document) | {"origin": self.document.origin},
            "checks": [asdict(check) for check in self.checks],
            "unchecked": list(self.unchecked),
            "signers": [_plain(each) for each in self.signers],
            "stamps": [_plain(each) for each in self.stamps],
            "attachments": [_plain(each) for each in self.attachments],
            "sha256": self.sha256,
        }


def _plain(fact: SignerFact | StampFact | Attachment) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(fact).items()}


_TEXTS: Final[dict[str, dict[bool | None, tuple[str, str]]]] = {
    "document": {
        True: ("Tệp PDF đọc được", "A readable PDF file"),
        False: ("Không phải tệp PDF đọc được", "Not a readable PDF file"),
    },
    "signed": {
        True: ("Tệp có chữ ký số", "The file carries a digital signature"),
        False: ("Tệp không có chữ ký số", "The file carries no digital signature"),
    },
    "integrity": {
        True: ("Nội dung đã ký không bị thay đổi", "The signed content is unchanged"),
        False: ("Nội dung đã ký bị thay đổi hoặc chữ ký hỏng", "The signed content or a signature was changed"),
    },
    "trust": {
        True: ("Chứng thư số thuộc hệ thống tin cậy", "The certificates lead to a trusted root"),
        False: ("Chứng thư số không được tin cậy", "A certificate leads to no trusted root or may not sign"),
    },
    "purpose": {
        True: ("Chứng thư số của đúng cơ quan, người được ký", "The certificates are of those who sign this document"),
        False: (
            "Chứng thư số không phải của cơ quan, người được ký giấy tờ này",
            "A certificate is of another agency, person or purpose than this document's",
        ),
        None: ("Chứng thư số không ghi mục đích", "A certificate does not say for whom or for what it is"),
    },
    "timestamp": {
        True: ("Dấu thời gian hợp lệ", "The timestamps are valid"),
        False: ("Dấu thời gian không hợp lệ", "A timestamp is not valid"),
        None: ("Không có dấu thời gian", "A signature has no timestamp: its time is the signer's claim"),
    },
    "coverage": {
        True: ("Chữ ký bao trùm toàn bộ tệp", "The last signature covers the whole file"),
        False: ("Chữ ký không bao trùm toàn bộ tệp", "No signature covers the whole file: something was appended"),
    },
    "padding": {
        True: ("Vùng chứa chữ ký đúng chuẩn", "The signature containers are canonical and zero-filled"),
        False: ("Vùng chứa chữ ký bị can thiệp", "A signature container was tampered with"),
    },
    "revisions": {
        True: ("Không có sửa đổi sau khi ký", "Nothing forbidden was changed after signing"),
        False: ("Có sửa đổi sau khi ký", "The file was changed after it was signed"),
    },
    "registered_hash": {
        True: ("Khớp mã băm đã đăng ký", "The file is the registered one, byte for byte"),
        False: ("Không khớp mã băm đã đăng ký", "The file is not the registered one"),
        None: ("Chưa đối chiếu mã băm đã đăng ký", "Not compared with a registered hash"),
    },
    "data": {
        True: ("Dữ liệu đính kèm nằm dưới chữ ký", "The attached data are under the signature"),
        False: ("Dữ liệu đính kèm không nằm dưới chữ ký", "Attached data are not under the signature"),
    },
    "earlier": {
        True: (
            "Là bản trước của tài liệu đã đăng ký (sau đó được gia hạn dấu thời gian)",
            "An earlier version of the registered document, which was timestamped again since",
        ),
    },
    "withdrawn": {
        True: ("Cơ quan không thu hồi tài liệu", "The agency has not withdrawn the document"),
        False: ("Cơ quan đã thu hồi tài liệu", "The agency has withdrawn the document"),
    },
    "revocation": {
        True: ("Chứng thư số chưa bị thu hồi khi ký", "No certificate was revoked when it signed"),
        False: ("Chứng thư số đã bị thu hồi trước khi ký", "A certificate was revoked before it signed"),
        None: ("Chưa kiểm tra thu hồi chứng thư số", "Revocation of the certificates was not checked"),
    },
}  # fmt: skip


def check(name: str, *, ok: bool | None, note: str = "") -> Check:
    """The answer to one question in the words that stand here for it."""
    vietnamese, english = _TEXTS[name][ok]
    tail = f" ({note})" if note else ""
    return Check(name, ok, vietnamese + tail, english + tail)


def state_of(checks: Sequence[Check]) -> State:
    """What the checks come to together."""
    if any(each.ok is False for each in checks) or not any(each.name == "signed" for each in checks):
        return "invalid"
    asked = any(each.name == "registered_hash" and each.ok for each in checks)
    return "valid" if asked else "intact"


def unchecked(checks: Iterable[Check]) -> Iterable[str]:
    """What nobody proved, in words."""
    names = {
        "registered_hash": (ORIGIN, UNSIGNED_BYTES),
        "revocation": (REVOCATION,),
        "timestamp": (SIGNING_TIME,),
        "purpose": (PURPOSE,),
    }
    return (name for each in checks if each.ok is None for name in names[each.name])
