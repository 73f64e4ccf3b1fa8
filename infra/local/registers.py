"""The local stage's population, business and land registers: invented people, and a control that lets them misbehave.

`POST /local/registers/<register>/questions` speaks the shape of docs/how-to/connect-a-register.md. `PUT
/local/registers/control` with `{"population": "slow"}` sets how a register behaves: `well`, `slow` (it answers when it
behaves well again, or after a minute), `down`, `otherwise` (it says other things than before), `ground` (no ground is
sufficient), `nonsense`. `PUT /local/registers/data` adds people, organisations and parcels. None of it exists in a
deployed stage.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from chalicelib.identity.registers.model import alike
from infra.local.problems import problem, reply

MOUNT: Final = "/local/registers"
DATA: Final = Path(__file__).parent / "data" / "registers.json"
REGISTERS: Final = ("population", "business", "land")
WAYS: Final = ("well", "slow", "down", "otherwise", "ground", "nonsense")
SLOW_S: Final = 60.0
OTHERWISE: Final = "Người Khác"
KEYS: Final = {"people": "person.personal_id", "organisations": "number"}

type Row = dict[str, Any]


class Registers:
    """Three registers; `asked` counts the questions of each, and `questions` has what came, oldest first."""

    def __init__(self) -> None:
        self._data: dict[str, list[Row]] = json.loads(DATA.read_text("utf-8"))
        self._ways = dict.fromkeys(REGISTERS, "well")
        self._awake = threading.Condition()
        self.asked: Counter[str] = Counter()
        self.questions: list[Row] = []

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        name, _, rest = path.removeprefix("/").partition("/")
        try:
            if request.method == "POST" and name in REGISTERS and rest == "questions":
                return self._answered(name, json.loads(request.get_data()), request_id)
            if request.method == "PUT" and path == "/control":
                return self._controlled(json.loads(request.get_data()))
            if request.method == "PUT" and path == "/data":
                return self._added(json.loads(request.get_data()))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return problem(400, request_id, detail=f"{type(error).__name__}")
        return problem(404, request_id)

    def behave(self, **ways: str) -> None:
        """Set how registers behave: `behave(population="slow")`. Raises: `ValueError`."""
        if not ways.keys() <= set(REGISTERS) or not set(ways.values()) <= set(WAYS):
            raise ValueError(f"registers are {', '.join(REGISTERS)}; ways {', '.join(WAYS)}")
        with self._awake:
            self._ways |= ways
            self._awake.notify_all()

    def add(self, **rows: list[Row]) -> None:
        """Add people, organisations or parcels; one of the same number is replaced. Raises: `KeyError`."""
        with self._awake:
            for kind, added in rows.items():
                key = KEYS.get(kind)
                numbers = {row[key] for row in added} if key else set()
                stay = [row for row in self._data[kind] if key is None or row[key] not in numbers]
                self._data[kind] = stay + added

    def _controlled(self, given: dict[str, str]) -> Response:
        self.behave(**given)
        return reply(self._ways)

    def _added(self, given: dict[str, list[Row]]) -> Response:
        self.add(**given)
        return reply({kind: len(rows) for kind, rows in self._data.items()})

    def _answered(self, register: str, question: Row, request_id: str) -> Response:
        with self._awake:
            self.asked[register] += 1
            self.questions.append(question)
            self._awake.wait_for(lambda: self._ways[register] != "slow", SLOW_S)
            way = self._ways[register]
        if way == "down":
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id)
        if way == "nonsense":
            return reply('{"verdict": "perhaps"}')
        if way == "ground" or not (question["purpose"] and question["basis"]):
            return reply({"verdict": "insufficient_ground"})
        found = getattr(self, f"_of_{register}")(question["subject"])
        if isinstance(found, str):
            return reply({"verdict": found})
        return reply(_told(question, found, otherwise=way == "otherwise"))

    def _of_population(self, subject: Row) -> Row | str:
        row = self._row("people", "person.personal_id", subject["number"])
        if row is None:
            return "no_data"
        fits = alike(row["person.full_name"], subject["name"]) and row["person.born_on"] == subject["born_on"]
        if not fits:
            return "no_match"
        known = {
            "relation.parent": row.get("parents", []),
            "relation.guardian": row.get("guardians", []),
            "person.is_dead": ["true"] if row.get("dead") else [],
            "person.is_incapacitated": ["true"] if row.get("incapacitated") else [],
        }
        told = {
            "person.birth_year": int(row["person.born_on"][:4]),
            "person.former_personal_id": row.get("former", []),
            "person.former_document": row.get("documents", []),
        }
        return {**row, **told, "claims": known}

    def _of_business(self, subject: Row) -> Row | str:
        row = self._row("organisations", "number", subject["number"])
        if row is None:
            return "no_data"
        return {
            "organisation.standing": row["standing"],
            "at": row["at"],
            "claims": {"organisation.acting_person": row["acting"]},
        }

    def _of_land(self, subject: Row) -> Row | str:
        place = [subject[name] for name in ("commune", "sheet", "plot")]
        rows = [r for r in self._data["parcels"] if [r["commune"], r["sheet"], r["plot"]] == place]
        return {**rows[0], "claims": {"land.holder": rows[0]["holders"]}} if rows else "no_data"

    def _row(self, kind: str, key: str, number: str) -> Row | None:
        return next((row for row in self._data[kind] if row[key] == number), None)


def _told(question: Row, row: Row, *, otherwise: bool) -> Row:
    """The whole answer; it tells one field too many, as a register might, which nobody may take."""
    return {
        "verdict": "match",
        "fields": list(_fields(question, row, otherwise=otherwise)),
        "confirmed": [
            {"field": claim["field"], "holds": (claim["value"] in row["claims"].get(claim["field"], [])) != otherwise}
            for claim in question["claims"]
        ],
    }


def _fields(question: Row, row: Row, *, otherwise: bool) -> Iterator[Row]:
    for field in [*question["fields"], "person.sex"]:
        if (value := row.get(field)) is not None:
            other = OTHERWISE if isinstance(value, str) else value
            yield {"field": field, "value": other if otherwise else value, "at": row["at"]}
