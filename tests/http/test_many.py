"""Hundreds of imported records become services: by pages and in parts, by three people of whom none does two parts."""

import copy
import uuid

import pytest

from tests.support.asserts import problem
from tests.support.catalogue import MET, completed, fresh_agency, fresh_code, today
from tests.support.world import officer_of
from tests.unit.catalogue.records import given

PART = 25


def in_parts(many):
    return [many[at : at + PART] for at in range(0, len(many), PART)]


def decided(facts):
    """What an officer decides of a draft; the term, and a result that the record does not name, stay open."""
    facts = copy.deepcopy(facts)
    return completed({**facts, "result": facts["result"] or {}})


def names(verdicts, *, done=True):
    return [{"code": each["code"], "version": each["version"]} for each in verdicts if each["done"] is done]


class Office:
    """Those who keep the catalogue of an agency that nobody else has, each with one role."""

    def __init__(self, where):
        self.agency = fresh_agency()
        self.editor, self.reviewer, self.publisher = (
            officer_of(where, self.agency, role) for role in ("editor", "reviewer", "publisher")
        )

    def imports(self, cloud, many):
        codes = [fresh_code() for _ in range(many)]
        told = {"departmentPromulgateCode": self.agency}
        for part in in_parts(list(enumerate(codes))):
            records = [
                given.record(given.CODES[n % len(given.CODES)], code=code, codeNotation=code, **told)
                for n, code in part
            ]
            found = cloud.functions.call("catalogue_import", {"records": records})["records"]
            assert [each["status"] for each in found] == ["imported"] * len(part)
        return codes

    def unbegun(self, query="wait=new"):
        """Codes of the records of which no draft was begun, page by page."""
        found, at = [], ""
        while at is not None:
            page = self.editor.get(f"/v1/catalogue/records?{query}&cursor={at}").ok().body
            found += [row["code"] for row in page["records"]]
            at = page["next"]
        return found

    def listed(self, who, query):
        """What the list names, page by page."""
        found, at = [], ""
        while at is not None:
            page = who.get(f"/v1/catalogue/versions?{query}&cursor={at}").ok().body
            found += [{"code": row["code"], "version": row["version"]} for row in page["versions"]]
            at = page["next"]
        return found

    def each(self, who, act, parts, **more):
        """The verdicts of an act on all, in parts of a call; every second call is repeated and told the same."""
        found = []
        for n, part in enumerate(parts):
            body, key = {**more, ("codes" if act == "drafts" else "versions"): part}, uuid.uuid4().hex
            told = who.post(f"/v1/catalogue/{act}", body, key=key).ok().body
            if n % 2 == 0:
                assert who.post(f"/v1/catalogue/{act}", body, key=key).ok().body == told
            found += told["verdicts"]
        return found


@pytest.mark.parametrize("many", [30, pytest.param(300, marks=pytest.mark.soak)])
def test_an_import_of_many_records_is_put_out_in_parts_by_three_people(cloud, where, many):
    office = Office(where)
    codes = office.imports(cloud, many)
    assert office.unbegun() == sorted(codes)
    half = office.each(office.editor, "drafts", in_parts(codes[: many // 2]))
    assert office.unbegun() == sorted(codes[many // 2 :])
    begun = office.each(office.editor, "drafts", in_parts(codes))
    refused = [each["refusal"] for each in begun if not each["done"]]
    assert (len(half), refused) == (many // 2, ["draft_open"] * (many // 2)), "as what was begun before is named"
    assert {each["version"] for each in begun} == {1}
    assert office.unbegun("wait=changed") == office.unbegun() == []
    assert sorted(each["code"] for each in office.listed(office.editor, "wait=draft")) == sorted(codes)
    assert all(each["problems"] for each in begun if each["done"]), "every record leaves something to an officer"

    for code in codes:
        path = f"/v1/catalogue/procedures/{code}/versions/1"
        facts = decided(office.editor.get(path).ok().body["facts"])
        office.editor.call("PUT", path, {"facts": facts}, version=1).ok()
    handed = office.each(
        office.editor, "handovers", in_parts(office.listed(office.editor, "wait=draft")), only_whole=True
    )
    whole, left = names(handed), names(handed, done=False)
    assert whole
    assert left
    assert {each["refusal"] for each in handed if not each["done"]} == {"version_invalid"}
    assert all(each["errors"] for each in handed if not each["done"]), "each with what its author has to decide"
    assert office.listed(office.editor, "wait=draft") == left

    assert office.listed(office.reviewer, "wait=review&by_others=true") == whole
    for who, act, more in (
        (office.editor, "reviews", {"accepted": True, "findings": MET}),
        (office.reviewer, "publications", {"effective_from": today().isoformat()}),
        (office.publisher, "handovers", {}),
    ):
        problem(who.post(f"/v1/catalogue/{act}", {"versions": whole[:PART], **more}), 403, "not_allowed")
    office.each(office.reviewer, "reviews", in_parts(whole), accepted=True, findings=MET)
    ready = office.listed(office.publisher, "wait=reviewed")
    assert ready == whole
    out = office.each(office.publisher, "publications", in_parts(ready), effective_from=today().isoformat())
    assert {each["status"] for each in out} == {"published"}
    assert office.listed(office.publisher, "") == left
    print(f"\n{many} records: {len(whole)} are out, {len(left)} wait for what their author has to decide")
