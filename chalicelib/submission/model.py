"""Drafts and their submission, pure: what is missing, what the seal says, what the log learns."""

import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from chalicelib.contracts.plan import Window
from chalicelib.kernel.errors import (
    AlreadySubmitted,
    ComponentMissing,
    ComponentUnchecked,
    FieldError,
    FormInvalid,
)
from chalicelib.kernel.ids import canonical
from chalicelib.law import validity

DRAFT, REGISTERED = 0, 1
MAX_UPLOADS = 40
SEALED = ("id", "code", "key", "version_id", "size", "sha256", "media_type")


@dataclass(frozen=True)
class Draft:
    """Everything under one reference: HEAD, the pinned procedure, the form's state, uploads and components."""

    head: Mapping[str, Any]
    plan: Mapping[str, Any]
    form: Mapping[str, Any]
    uploads: Sequence[Mapping[str, Any]]
    components: Sequence[Mapping[str, Any]]

    @property
    def reference(self) -> str:
        """The submission reference."""
        return str(self.head["pk"])

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return bool(self.head["state"] == DRAFT)


def draft_of(rows: Sequence[Mapping[str, Any]]) -> Draft | None:
    """A draft from the items of its partition; None when there is no HEAD."""
    single = {r["sk"]: r for r in rows}
    if "HEAD" not in single:
        return None
    return Draft(
        head=single["HEAD"],
        plan=single["PLAN"]["plan"],
        form=single.get("FORM", {}),
        uploads=[r for r in rows if r["sk"].startswith("UPLOAD#")],
        components=[r for r in rows if r["sk"].startswith("COMPONENT#")],
    )


def in_force(windows: Sequence[Mapping[str, Any]], day: date) -> int | None:
    """The version of a procedure under which a dossier is received on a Vietnamese day (rule R41)."""
    return validity.in_force(msgspec.convert(windows, tuple[Window, ...]), day)


def office_on(agency: Mapping[str, Any], day: date) -> dict[str, Any] | None:
    """The agency under its name of a Vietnamese day, as the draft pins it; None when it is no more, or not yet."""
    today, known = day.isoformat(), agency.get("entries", ())
    names = [e for e in known if validity.covers(today, e["valid_from"], e["valid_to"])]
    if known and not names:
        return None
    entry = names[-1] if names else agency
    one_stop = entry.get("one_stop") or entry["name"]
    return {"id": agency["id"], "name": entry["name"], "one_stop": one_stop, "place": entry.get("place", "")}


def missing(draft: Draft) -> list[Mapping[str, Any]]:
    """Components that the procedure always asks for and that are not there yet."""
    have = {c["code"] for c in draft.components}
    return [c for c in draft.plan["components"] if c["need"] == "always" and c["code"] not in have]


def require_ready(draft: Draft, arrived: Container[str] = ()) -> None:
    """The automatic technical check (Decree 45/2020 Art. 11(1)): raises what keeps this draft from being submitted.

    `arrived` names uploads whose file is there but not checked yet: nothing that was sent may be left out of the seal.
    """
    if not draft.is_open:
        raise AlreadySubmitted(reference=draft.reference)
    unchecked = [u["component"] for u in draft.uploads if u["status"] == "pending" and u["id"] in arrived]
    if unchecked:
        raise ComponentUnchecked(components=unchecked)
    absent = missing(draft)
    if absent:
        raise ComponentMissing(
            components=[{"code": c["code"], "name_vi": c["name_vi"], "name_en": c["name_en"]} for c in absent]
        )
    if not draft.head["form_version"]:
        raise FormInvalid(fields=[FieldError("", "required", "Chưa điền biểu mẫu", "The form was not filled in")])
    if draft.form["errors"]:
        raise FormInvalid(fields=[FieldError(**e) for e in draft.form["errors"]])


def manifest(draft: Draft) -> list[dict[str, Any]]:
    """The seal's lines: each component by key, version, size and SHA-256, as S3 held it when checked."""
    lines = [{k: c[k] for k in SEALED} for c in draft.components]
    return sorted(lines, key=lambda line: (line["code"], line["id"]))


def named(lines: Sequence[Mapping[str, Any]], draft: Draft) -> list[dict[str, Any]]:
    """The lines with the names that people gave their files, for the applicant's eyes only."""
    names = {c["id"]: c["filename"] for c in draft.components}
    return [{**line, "filename": names[line["id"]]} for line in lines]


def seal_of(lines: Sequence[Mapping[str, Any]], form_digest: str) -> str:
    """SHA-256 over the manifest and the form: what the receipt promises that the officer opens."""
    return hashlib.sha256(canonical({"components": list(lines), "form": form_digest}).encode()).hexdigest()


def stages_of(plan: Mapping[str, Any], receiving: str) -> list[list[dict[str, str]]]:
    """The route's legs, the receiving agency put in where the procedure leaves it open."""
    return [
        [{"leg": leg["leg"], "agency": receiving if leg["agency"] == "@receiving" else leg["agency"]} for leg in stage]
        for stage in plan["route"]
    ]
