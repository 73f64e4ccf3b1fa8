"""The local stage's national e-data store: what tests and developers put in, and a control that lets it misbehave.

`POST /local/national-store/papers` and `/files` speak the shape of docs/how-to/connect-the-national-store.md. `PUT
/local/national-store/control` with `{"way": "slow"}` sets how it behaves: `well`, `down`, `slow` (it answers when it
behaves well again, or after a minute), `refuses`, `nonsense`, `more` (it tells papers that nobody asked for, too).
`PUT /local/national-store/data` adds papers. None of it exists in a deployed stage.
"""

import json
import threading
from http import HTTPStatus
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from infra.local.problems import problem, reply

MOUNT: Final = "/local/national-store"
WAYS: Final = ("well", "down", "slow", "refuses", "nonsense", "more")
SLOW_S: Final = 60.0

type Row = dict[str, Any]


class NationalStore:
    """What it holds, by the number of whose it is; `questions` and `fetched` have what came, oldest first."""

    def __init__(self) -> None:
        self._awake = threading.Condition()
        self._way = "well"
        self._papers: list[Row] = []
        self._files: dict[tuple[str, str], str] = {}
        self.questions: list[Row] = []
        self.fetched: list[Row] = []

    def behave(self, way: str) -> None:
        """Set how it behaves. Raises: `ValueError`."""
        if way not in WAYS:
            raise ValueError(f"ways are {', '.join(WAYS)}")
        with self._awake:
            self._way = way
            self._awake.notify_all()

    def add(self, owner: str, paper: Row, contents: dict[str, str]) -> None:
        """Add a paper in the shape of the wire; `contents` has the Base64 of each path."""
        with self._awake:
            self._papers.append({"owner": owner, "paper": paper})
            for path, content in contents.items():
                self._files[paper["CoQuanChuQuan"], path] = content

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        answers = {("POST", "/papers"): self._listed, ("POST", "/files"): self._file}
        try:
            given = json.loads(request.get_data())
            if (request.method, path) == ("PUT", "/control"):
                self.behave(given["way"])
                return reply({"way": self._way})
            if (request.method, path) == ("PUT", "/data"):
                self.add(given["owner"], given["paper"], given["contents"])
                return reply({"papers": len(self._papers)})
            if answer := answers.get((request.method, path)):
                return self._misbehaved(request_id) or answer(given, request_id)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            return problem(400, request_id, detail=f"{type(error).__name__}")
        return problem(404, request_id)

    def _misbehaved(self, request_id: str) -> Response | None:
        with self._awake:
            self._awake.wait_for(lambda: self._way != "slow", SLOW_S)
            way = self._way
        bad = {
            "down": lambda: problem(HTTPStatus.SERVICE_UNAVAILABLE, request_id),
            "refuses": lambda: reply({"errorCode": "-1", "message": "KHONG CO QUYEN", "result": None}),
            "nonsense": lambda: reply('{"errorCode": "0", "result": {"DanhSachGiayToKetQua": "nhieu"}}'),
        }
        return bad[way]() if way in bad else None

    def _listed(self, question: Row, _: str) -> Response:
        with self._awake:
            self.questions.append(question)
            kinds = {each["MaKetQua"]: each["SoKyHieu"] for each in question["DanhSachDanhMucKetQua"]}
            mine = [each["paper"] for each in self._papers if each["owner"] == question["SoDinhDanhChuSoHuu"]]
            found = [each for each in mine if self._way == "more" or _fits(each, kinds)]
        result = {"DanhSachGiayToKetQua": found}
        return reply({"errorCode": "0", "message": "", "signature": "", "result": result})

    def _file(self, asked: Row, request_id: str) -> Response:
        with self._awake:
            self.fetched.append(asked)
            content = self._files.get((asked["CoQuanChuQuan"], asked["DuongDan"]))
        return reply(json.dumps(content)) if content else problem(HTTPStatus.NOT_FOUND, request_id)


def _fits(paper: Row, kinds: dict[str, str]) -> bool:
    return paper["MaKetQua"] in kinds and kinds[paper["MaKetQua"]] in ("", paper["SoKyHieu"])
