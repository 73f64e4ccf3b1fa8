"""An HTTP route as a sentence: who may, what comes in, what goes out; everything else is done here, once.

Chalice's app middleware does not run for blueprint functions in Lambda, so the armour is on the function itself.
"""

import functools
import gc
import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec
from chalice import Blueprint, CORSConfig, Response
from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import access, aws, log, pages, waiting
from chalicelib.kernel import problem as errors
from chalicelib.kernel.access import Principal, principal_of, require
from chalicelib.kernel.body import MAX_BODY, asked_of, body_of, file_of, form_of, query_of
from chalicelib.kernel.pages import CHOSEN, FORMAT, HTML, Page, Sheet, is_page_wanted, is_sheet_wanted
from chalicelib.kernel.problem import MEDIA_TYPE, problem
from chalicelib.kernel.settings import PUBLIC_URL, Setting, only

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = [
    "FILE",
    "FORM",
    "MAX_BODY",
    "MAX_KEY",
    "MAX_NAME",
    "PORTALS",
    "Api",
    "Call",
    "Reply",
    "Route",
    "language_of",
    "serve",
]

MAX_KEY = 200
MAX_VERSION_DIGITS = 15
MAX_NAME = 120  # characters of a name in a path: longer ones name nothing of ours
PORTALS = CORSConfig(
    allow_headers=["Accept-Language", "Idempotency-Key", "If-Match", "If-None-Match"],
    expose_headers=["Content-Language", "ETag", "Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"],
    max_age=600,
)
"""What a page of a portal, on another origin, may send and read: one definition, for routes and gateways."""
CHALLENGE = 'Bearer error="invalid_token"'  # RFC 6750, 3.1
JSON, FORM, FILE = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
LANGUAGES = "vi", "en"
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Call(msgspec.Struct, frozen=True):
    """A request as a view sees it: validated, with the headers that the route asks for.

    The query is in `asked` when the route gives a model for it, else as plain texts in `query`.
    """

    principal: Principal
    path: Mapping[str, str]
    query: Mapping[str, str]
    asked: Any
    body: Any
    raw: bytes
    key: str
    version: int
    language: str


class Reply(msgspec.Struct, frozen=True):
    """An answer with headers of its own; `version` becomes the ETag."""

    body: "BaseModel | Struct"
    status: int = 0
    version: int | None = None
    location: str = ""


class Route(msgspec.Struct, frozen=True):
    """What the API reference and the architecture tests know of a route. `cache` is its Cache-Control.

    `takes` is the media type of its body: JSON, a form as a standard wants it, or one file of a form. `page` shows its
    answer to whoever asks with a browser, `sheet` makes a table of it.
    """

    method: str
    path: str
    act: str | None
    body: "type[BaseModel | Struct] | None"
    answer: "type[BaseModel | Struct]"
    status: int
    keyed: bool
    versioned: bool
    summary: str
    query: "type[BaseModel] | tuple[str, ...]" = msgspec.field(default=())
    cache: str = ""
    takes: str = JSON
    page: Page | None = None
    sheet: Sheet | None = None


ANYONE = Principal(subject="anyone", kind="PUBLIC", name="", level=0)


type Known = Callable[[Principal], Principal]


class Api:
    """Decorator of a capability's routes; one without `act` is public, and listed in the architecture test.

    `needs` are the settings that its views may ask for. `known_as` says as whom a principal acts here today, before it
    is asked what they may do: an officer acts as their agency enrolled them.
    """

    def __init__(
        self, blueprint: Blueprint, authorizer: Any, *, needs: Sequence[Setting] = (), known_as: Known | None = None
    ) -> None:
        self._blueprint, self._authorizer, self._known_as = blueprint, authorizer, known_as
        self.needs = (PUBLIC_URL, *needs)  # refusals name their page by it

    def route(  # noqa: PLR0913 - a keyword for each fact of a route
        self,
        method: str,
        path: str,
        *,
        act: str | None,
        answer: "type[BaseModel | Struct]",
        body: "type[BaseModel | Struct] | None" = None,
        status: int = 200,
        query: "type[BaseModel] | tuple[str, ...]" = (),
        cache: str = "",
        takes: str = JSON,
        page: Page | None = None,
        sheet: Sheet | None = None,
        versioned: bool = False,
    ) -> Callable[[Callable[[Call], Any]], Callable[..., Response]]:
        """Register a view. POST needs Idempotency-Key, PUT and PATCH need If-Match; what may be cached has an ETag.

        A POST that is `versioned` needs If-Match too: what it completes was read before.

        What answers GET answers HEAD: the same answer, whose body the HTTP server in front leaves out (RFC 9110).
        A form needs no key, for browsers and the clients of its standard know none: such a route keeps nothing that a
        repetition would keep twice.
        """

        def register(view: Callable[[Call], Any]) -> Callable[..., Response]:
            summary = (view.__doc__ or "").strip().splitlines()[0]
            keyed, guarded = method == "POST" and takes == JSON, versioned or method in ("PUT", "PATCH")
            known = Route(method, path, act, body, answer, status, keyed, guarded, summary)
            facts = replace(known, query=query, cache=cache, takes=takes, page=page, sheet=sheet)

            @functools.wraps(view)
            def handle(**path_parameters: str) -> Response:
                with only(self.needs):
                    return _handle(view, facts, self._blueprint.current_request, path_parameters, self._known_as)

            handle.facts = facts  # type: ignore[attr-defined]
            handle.needs = self.needs  # type: ignore[attr-defined]
            del handle.__wrapped__  # Chalice inspects signatures: it must see **path_parameters
            methods = ["GET", "HEAD"] if method == "GET" else [method]
            kwargs: dict[str, Any] = {"methods": methods, "cors": PORTALS, "content_types": [takes]}
            if act is not None:
                kwargs["authorizer"] = self._authorizer
            self._blueprint.route(path, **kwargs)(handle)
            return handle

        return register


def language_of(headers: Mapping[str, str]) -> str:
    """`en` when the client prefers English, else `vi`."""
    return "en" if headers.get("accept-language", "vi").strip().lower().startswith("en") else "vi"


def _handle(
    view: Callable[[Call], Any], route: Route, request: Any, path: Mapping[str, str], known_as: Known | None
) -> Response:
    started, language = time.perf_counter(), _language_of(route, request)
    request_id = str(request.context.get("requestId") or getattr(request.lambda_context, "aws_request_id", ""))
    try:
        reply = view(_call(route, request, path, language, known_as))
        reply = reply if isinstance(reply, Reply) else Reply(reply)
        if page := _page_of(route, request):
            response = _shown(page, page.answer(reply.body, language), language, request_id, cache=route.cache)
        elif route.sheet and is_sheet_wanted(request.headers, _linked(route, request)):
            told = pages.sheet_headers(route.sheet, reply.body, request.query_params or {})
            response = Response(
                pages.csv_of(route.sheet.rows(reply.body)), {**NO_STORE, **told, "X-Request-Id": request_id}
            )
        else:
            response = _answered(reply, route, request_id, request.headers)
    except errors.DomainError as error:
        if isinstance(error, errors.NotAllowed):
            _explain(error, route, request, known_as)
        if isinstance(error, errors.LogBroken):
            log.trouble("log broken", error, route=f"{route.method} {route.path}", request_id=request_id)
        response = _refused(error, language, request_id, _page_of(route, request))
    except Exception as error:  # noqa: BLE001 - the last line before the client: told as ours, logged by type only
        failed = _failed(error, f"{route.method} {route.path}", request_id)
        response = _refused(failed, language, request_id, _page_of(route, request))
    spent = round((time.perf_counter() - started) * 1000)
    log.note(
        "request",
        route=f"{route.method} {route.path}",
        status=response.status_code,
        milliseconds=spent,
        request_id=request_id,
    )
    return response


def _explain(error: errors.NotAllowed, route: Route, request: Any, known_as: Known | None) -> None:
    """Say which right a refused act asks for, and to an officer who is enrolled who of their agency has it.

    Nothing of this is read before a refusal. What cannot be read is left out: the refusal stays.
    """
    if not error.act or route.act is None:
        return
    error.facts |= access.right_of(error.act)
    try:
        who = _asking(request)
        if unknown := access.unknown_roles(who):
            error.facts |= {"unknown_roles": unknown}
        if known_as is not None:
            error.facts |= access.holders(who, error.act)
    except Exception as broken:  # noqa: BLE001 - a refusal is told, whatever else cannot be
        log.trouble("refusal not explained", broken, route=f"{route.method} {route.path}")


def _page_of(route: Route, request: Any) -> Page | None:
    return route.page if route.page and is_page_wanted(request.headers, _linked(route, request)) else None


def _linked(route: Route, request: Any) -> str:
    return str((request.query_params or {}).get(FORMAT, "")) if route.page and route.sheet else ""


def _language_of(route: Route, request: Any) -> str:
    """As the headers of a request say; a page has links to itself in the other language."""
    asked = (request.query_params or {}).get("language") if route.page else None
    return asked if asked in LANGUAGES else language_of(request.headers)


def _failed(error: Exception, route: str, request_id: str) -> errors.DomainError:
    """What a client is told of a failure: to come again where it passes by itself, else that it is ours."""
    if aws.passes(error):
        log.trouble("request to be repeated", error, route=route, request_id=request_id)
        return errors.TryAgain()
    _broke(error, route, request_id)
    return errors.RecordUnreadable(record=error.record) if isinstance(error, Unreadable) else errors.Broken()


def _broke(error: BaseException, route: str, request_id: str) -> None:
    """An answer 500 is told to the operator: a line of the log, and a count that an alarm hears."""
    log.trouble("request broke", error, route=route, request_id=request_id)
    log.measure({"route": route}, RoutesBroken=1)


def _asking(request: Any) -> Principal:
    """Who asks, as their token says. Raises TokenRefused."""
    return principal_of(request.context.get("authorizer"))


def _call(route: Route, request: Any, path: Mapping[str, str], language: str, known_as: Known | None) -> Call:
    principal = ANYONE
    if route.act is not None:
        principal = _asking(request)
        principal = known_as(principal) if known_as else principal
        require(principal, route.act)
    key = request.headers.get("idempotency-key", "")
    if route.keyed and not 0 < len(key) <= MAX_KEY:
        raise errors.KeyMissing(limit=MAX_KEY)
    raw = request.raw_body if route.body else b""
    if any(not 0 < len(v) <= MAX_NAME for v in path.values()):
        raise errors.NotFound
    query = query_of(_known(route), request.query_params)
    return Call(
        principal=principal,
        path={k: unquote(v) for k, v in path.items()},
        query=query,
        asked=None if isinstance(route.query, tuple) else asked_of(route.query, query),
        raw=raw,
        key=key,
        body=_body(route, raw, request.headers),
        version=_version(route, request.headers),
        language=language,
    )


def _body(route: Route, raw: bytes, headers: Mapping[str, str]) -> Any:
    if route.body is None:
        return None
    if route.takes == FILE:
        return route.body(file=file_of(raw, headers.get("content-type", "")))
    return form_of(route.body, raw) if route.takes == FORM else body_of(route.body, raw)


def _version(route: Route, headers: Mapping[str, str]) -> int:
    if not route.versioned:
        return 0
    text = headers.get("if-match", "").strip().strip('"')
    if not text:
        raise errors.VersionMissing
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_VERSION_DIGITS):
        raise errors.LostUpdate(reason="If-Match must be the ETag that was given")
    return int(text)


def _known(route: Route) -> Collection[str]:
    return route.query if isinstance(route.query, tuple) else route.query.model_fields


def _shown(page: Page, text: str, language: str, request_id: str, status: int = 200, *, cache: str = "") -> Response:
    headers: dict[str, str | list[str]] = {**NO_STORE, **pages.headers_of(page, language), "X-Request-Id": request_id}
    headers |= {"Cache-Control": cache} | CHOSEN if cache else {}
    return Response(text, headers=headers, status_code=status)


def _answered(reply: Reply, route: Route, request_id: str, asked: Mapping[str, str]) -> Response:
    headers: dict[str, str | list[str]] = {**NO_STORE, "Content-Type": JSON, "X-Request-Id": request_id}
    if route.cache:
        headers["Cache-Control"] = route.cache
        headers |= CHOSEN if route.page else {}
    body = encode(reply.body).decode() if isinstance(reply.body, Struct) else reply.body.model_dump_json()
    if reply.version is not None:
        headers["ETag"] = f'"{reply.version}"'
    elif route.cache:
        headers["ETag"] = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if reply.location:
        headers["Location"] = reply.location
    if route.cache and str(headers["ETag"]) in asked.get("if-none-match", ""):
        return Response("", headers=headers, status_code=304)
    return Response(body, headers=headers, status_code=reply.status or route.status)


def _refused(error: errors.DomainError, language: str, request_id: str, page: Page | None = None) -> Response:
    status, body = problem(error, language=language, request_id=request_id)
    if page:
        return _shown(page, page.refusal(body, language), language, request_id, status)
    text = json.dumps(body, ensure_ascii=False, default=str)
    wait = {"Retry-After": str(error.row.wait)} if error.row.wait else {}
    if status == errors.TokenRefused.row.status:
        wait = {"WWW-Authenticate": CHALLENGE}
    told = {"Content-Type": MEDIA_TYPE, "Content-Language": language, "X-Request-Id": request_id}
    return Response(text, headers={**NO_STORE, **told, **wait}, status_code=status)


def _first_without_collecting(app: Any, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Chalice's answer; after the first one the garbage is collected again, but never among what the start loaded."""
    try:
        answer: dict[str, Any] = app(event, context)
    finally:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
    return answer


FRAMEWORK = {
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    415: errors.TypeNotSupported,
}


def serve(app: Any, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one API Gateway event; what Chalice itself refuses is told as a problem too."""
    with waiting.within(context):
        answer = _first_without_collecting(app, event, context)
    kind = str((answer.get("headers") or {}).get("Content-Type", ""))
    if answer.get("statusCode", 200) < 400 or kind in (MEDIA_TYPE, HTML):  # noqa: PLR2004 - 400 is where refusals begin
        return answer
    error = FRAMEWORK.get(answer["statusCode"], errors.Broken)()
    asked = event.get("requestContext", {})
    request_id = str(asked.get("requestId") or getattr(context, "aws_request_id", ""))
    if isinstance(error, errors.Broken):
        _broke(error, f"{asked.get('httpMethod', '?')} {asked.get('resourcePath', '?')}", request_id)
    headers = {k.lower(): v for k, v in (event.get("headers") or {}).items()}
    refused = _refused(error, language_of(headers), request_id)
    return {
        **answer,
        "statusCode": refused.status_code,
        "body": refused.body,
        "headers": {**answer["headers"], **refused.headers},
    }
