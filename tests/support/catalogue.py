"""Those who keep the catalogue, and a procedure on its way from a national record to the public."""

import copy
import itertools
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.forms.subjects import PERSON
from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from infra.demo.client import Answer, Client
from tests.support.world import officer_of
from tests.unit.catalogue.records import given

DATA = Path(__file__).parents[2] / "chalicelib" / "catalogue" / "data"
CRITERIA = ("information_public", "forms_downloadable", "form_online_signed", "dossier_electronic", "payment_online")
MET = [{"criterion": name, "answer": "met"} for name in CRITERIA]
RECORD = "1.003197"
PLAIN = {
    "subject": PERSON,
    "applicant": {
        "full_name": "Nguyễn Thị Bích Liễu",
        "personal_id": "001195012345",
        "born_on": "1995-03-09",
        "address": "Thôn 3, xã Vĩnh Phước",
    },
    "contact": {"phone": "0912345678"},
    "request": "Đề nghị giải quyết theo quy định",
}
"""A person's answer to the plain form of a service that organisations use too, and that tells no cases apart."""
REASON = "Thủ tục bị bãi bỏ theo quyết định công bố"


def today() -> date:
    """The day in Viet Nam."""
    return utc_now().astimezone(ZONE).date()


_CODES, _AGENCIES = itertools.count(900_000), itertools.count(100)
_RECEIPTS = itertools.count(30_000_001)


def fresh_code() -> str:
    """A code that no procedure has: counted, so that no two tests of a run meet."""
    return f"1.{next(_CODES)}"


def fresh_receipt() -> str:
    """The number of a receipt that no payment has: counted too."""
    return f"BL-{next(_RECEIPTS)}"


def fresh_agency() -> str:
    """An identifier under the province that no agency has, counted too."""
    return f"H01.{next(_AGENCIES)}"


@cache
def _shipped(code: str) -> str:
    return (DATA / "services" / f"{code}.json").read_text("utf-8")


def facts_of(code: str, like: str = "U.000001", **changes: Any) -> dict[str, Any]:
    """Facts that may be published: those of a shipped service under another code, with some changes."""
    return {**json.loads(_shipped(like))["facts"], "code": code, **changes}


def free_of_charge(code: str) -> dict[str, Any]:
    """Facts of a service that costs nothing, with nothing that keeps it from being end to end."""
    facts = facts_of(code)
    prices = [{**each, "amount_vnd": 0} for each in facts["prices"]]
    return {**facts, "prices": prices, "online": {**facts["online"], "reasons": []}}


def form_of(like: str = story.PROCEDURE) -> dict[str, Any]:
    """The form of a shipped service."""
    found: dict[str, Any] = json.loads((DATA / "forms" / f"{like}.json").read_text("utf-8"))
    return found


def imported(cloud: Any, code: str, like: str = RECORD, **changes: Any) -> dict[str, Any]:
    """What the import said of a national record: a sample's under another code, promulgated by the tests' agency."""
    told = {"departmentPromulgateCode": story.AGENCY, **changes}
    record = given.record(like, code=code, codeNotation=code, **told)
    (told,) = cloud.functions.call("catalogue_import", {"records": [record]})["records"]
    return dict(told)


def completed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """A draft from a national record with everything that an officer completes: free where it names no fee."""
    done = copy.deepcopy(dict(facts))
    for component in done["components"]:
        component |= {"need": "case", "electronic": True}
    gates = {
        "eform_available": True,
        "all_components_submittable_electronically": True,
        "no_physical_presence": True,
        "no_onsite_verification": True,
        "result_issuable_electronically_or_postal": True,
        "signing_supported": True,
    }
    done["online"] = {**done["online"], "gates": gates}
    for fee in done["fees"]:
        fee |= {"amount": None, "reading": "elsewhere", "note_vi": "Mức thu do cấp tỉnh quyết định"}
    if done["fees"]:
        done["online"] |= {"reasons": [{"code": "technical_other", "legal_basis": done["source"]["decision"]}]}
    done["result"] = {**done["result"], "template": "decision"}
    return {**done, "free": not done["fees"], "min_level": 1, "route": [[{"leg": "commune", "agency": "@receiving"}]]}


class Desk:
    """Editor, reviewer and publisher of an agency, with one procedure."""

    def __init__(self, where: Mapping[str, str], code: str, agency: str = story.AGENCY) -> None:
        self.code = code
        self.path = f"/v1/catalogue/procedures/{code}/versions"
        self.editor, self.reviewer, self.publisher = (
            officer_of(where, agency, role) for role in ("editor", "reviewer", "publisher")
        )
        self.number = story.somebody()["personal_id"]
        claims = {"sub": f"publisher-{self.number}", "personal_id": self.number, "name": "Hồ Thị Hai", "agency": agency}
        self.second = Client.login(where, kind="OFFICER", roles=["publisher"], **claims)

    def start(self, based_on: str, facts: Mapping[str, Any] | None = None, key: str | None = None) -> Answer:
        """Start a draft."""
        body = {"based_on": based_on} | ({"facts": facts} if facts is not None else {})
        return self.editor.post(self.path, body, key=key)

    def save(self, number: int, facts: Mapping[str, Any], edit: int, form: Any = None) -> Answer:
        """Save a draft."""
        body = {"facts": facts} | ({"form": form} if form is not None else {})
        return self.editor.call("PUT", f"{self.path}/{number}", body, version=edit)

    def read(self, number: int) -> Answer:
        """Read a version."""
        return self.editor.get(f"{self.path}/{number}")

    def hand_over(self, number: int) -> Answer:
        """Hand it over to review."""
        return self.editor.post(f"{self.path}/{number}/handover", {})

    def review(self, number: int, who: Client | None = None, **changes: Any) -> Answer:
        """Review it; every criterion is met unless something else is said."""
        return (who or self.reviewer).post(
            f"{self.path}/{number}/review", {"accepted": True, "findings": MET, **changes}
        )

    def publish(self, number: int, day: date | None = None, key: str | None = None) -> Answer:
        """Publish it, from today on unless another day is said."""
        body = {"effective_from": (day or today()).isoformat()}
        return self.publisher.post(f"{self.path}/{number}/publication", body, key=key)

    def withdraw(self, number: int, reason: str = REASON) -> Answer:
        """Take it back: what was published by two publishers."""
        told = self.take_back(number, self.publisher, reason)
        waits = told.status == 200 and told.body["status"] != "withdrawn"
        return self.take_back(number, self.second, reason) if waits else told

    def take_back(self, number: int, who: Client, reason: str = REASON) -> Answer:
        """One publisher says it."""
        return who.post(f"{self.path}/{number}/withdrawal", {"reason": reason})

    def diff(self, number: int) -> Answer:
        """What it changes."""
        return self.editor.get(f"{self.path}/{number}/diff")

    def put_out(self, facts: Mapping[str, Any], form: Any = None, day: date | None = None) -> int:
        """A published version of these facts; answers its number."""
        draft = self.start("facts", facts).ok(201).body["version"]
        if form is not None:
            self.save(draft, facts, 1, form).ok()
        self.hand_over(draft).ok()
        self.review(draft).ok()
        self.publish(draft, day).ok()
        return int(draft)


def in_days(days: int) -> date:
    """A day in Viet Nam, so many days from today."""
    return today() + timedelta(days=days)


def shown(who: Client, code: str, look: Callable[[dict[str, Any]], bool], words: str = "") -> dict[str, Any]:
    """The row of a procedure in the list, once it is as wanted: the list is made in the background."""

    def row() -> dict[str, Any] | None:
        found = who.get(f"/v1/services?limit=100&q={words or code}").ok().body["services"]
        return next((r for r in found if r["code"] == code and look(r)), None)

    return story.until(f"the row of {code}", row)


def opened(who: Client, code: str, agency: str = story.AGENCY) -> str:
    """A draft of a dossier of the procedure, once the submission knows the procedure."""

    def draft() -> str | None:
        answer = who.post("/v1/drafts", {"procedure": code, "agency": agency})
        return str(answer.body["reference"]) if answer.status == 201 else None

    return story.until(f"a draft of {code}", draft)
