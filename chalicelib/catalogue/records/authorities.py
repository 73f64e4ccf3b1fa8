"""Who has to do with a procedure: who published it, performs it, decides, has it delegated, works along."""

from chalicelib.catalogue.records.raw import Raw

type Agency = dict[str, str | None]


def authorities_of(record: Raw) -> dict[str, object]:
    """The agencies of a record by what they do, each with its code where the record has one."""
    promulgator = {
        "code": record.line("departmentPromulgateCode"),
        "name_vi": record.line("departmentPromulgateName"),
    }
    executing = coded(record, "unitGroupsExecuting") + coded(record, "departmentsExecuting")
    performing = _with_words(executing, record.line("executingAgencies"))
    deciding = coded(record, "unitGroupsAuthority") + coded(record, "departmentsAuthority")
    authorized = coded(record, "unitGroupsAuthorized") + coded(record, "departmentsAuthorized")
    delegated = _with_words(authorized, record.line("authorizedAgencies"))
    along = coded(record, "unitGroupsCoordinating") + coded(record, "departmentsCoordinating")
    return {
        "promulgated_by": promulgator if any(promulgator.values()) else None,
        "performed_by": ", ".join(dict.fromkeys(map(_name, performing))) or None,
        "performers": performing,
        "decided_by": deciding,
        "delegated_to": _with_words(delegated, record.line("delegatedAgencies"), deciding),
        "coordinated_by": _with_words(along, record.line("coordinatingAgencies")),
    }


def coded(record: Raw, key: str) -> list[Agency]:
    """Entries with a code and a name; one without a name says nothing and is left out."""
    rows = record.rows(key)
    return [{"code": row.line("code"), "name_vi": name} for row in rows if (name := row.line("name"))]


def _with_words(named: list[Agency], words: str | None, others: list[Agency] | None = None) -> list[Agency]:
    """The agencies with those that the record's words name; words that are not made of known names stay one entry."""
    _, rest = _taken(words or "", named)
    if not words or not rest:
        return named
    meant, rest = _taken(words, others or [])
    return [*named, *meant] if not rest else [*named, {"code": None, "name_vi": words}]


def _name(agency: Agency) -> str:
    return agency["name_vi"] or ""


def _taken(words: str, known: list[Agency]) -> tuple[list[Agency], str]:
    """Which of the known agencies the words name, in their order, and what is left of the words but commas."""
    meant = []
    for each in sorted(known, key=lambda each: -len(_name(each))):
        if _name(each) in words:
            meant.append(each)
            words = words.replace(_name(each), "")
    return sorted(meant, key=known.index), words.strip(" ,;.")
