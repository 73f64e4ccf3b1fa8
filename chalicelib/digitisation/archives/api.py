"""Routes of archives: an index sheet, and how far its papers are."""

from chalice import Blueprint

from chalicelib.digitisation.archives import acts, wire
from chalicelib.digitisation.archives.kinds import title_of
from chalicelib.digitisation.archives.model import Archive, Standing
from chalicelib.digitisation.archives.wiring import keeping
from chalicelib.digitisation.settings import MESSAGES_BUCKET, MESSAGES_TABLE
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, MESSAGES_TABLE, MESSAGES_BUCKET, SECRET),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route(
    "POST",
    "/v1/archives",
    act=acts.OPEN,
    body=wire.OpenArchive,
    answer=wire.ArchiveView,
    status=201,
)
def open_archive(call: Call) -> wire.ArchiveView:
    """Open an archive of papers of former years by its index sheet: all of its lines are taken, or none."""
    body: wire.OpenArchive = call.body
    return _view(keeping().open(call.principal, body.name, body.index, body.days))


@api.route("GET", "/v1/archives", act=acts.READ, answer=wire.ArchiveList, query=wire.ArchivesQuery)
def list_archives(call: Call) -> wire.ArchiveList:
    """List the archives of my agency, the oldest first."""
    asked: wire.ArchivesQuery = call.asked
    archives, following = keeping().listed(call.principal, asked.cursor)
    return wire.ArchiveList(archives=[_view(each) for each in archives], next=following)


@api.route("GET", "/v1/archives/{archive}", act=acts.READ, answer=wire.ArchiveProgress, query=wire.ProgressQuery)
def read_archive(call: Call) -> wire.ArchiveProgress:
    """Read how far the papers of an archive are, in the order of its index sheet."""
    asked: wire.ProgressQuery = call.asked
    found = keeping().look(call.principal, call.path["archive"], asked.step, asked.cursor)
    return wire.ArchiveProgress(
        **_view(found.archive).model_dump(),
        counts=wire.Counts(**found.counts),
        papers=[_paper(each, call.language, is_late=found.is_late) for each in found.page],
        next=found.following,
    )


def _view(archive: Archive) -> wire.ArchiveView:
    return wire.ArchiveView(
        id=archive.reference,
        name=archive.name,
        lines=archive.lines,
        sha256=archive.sha256,
        opened_at=said(archive.opened_at) or "",
        opened_by=archive.opened_by,
        files_by=said(archive.files_by) or "",
    )


def _paper(each: Standing, language: str, *, is_late: bool) -> wire.ArchivedView:
    record = each.record
    return wire.ArchivedView(
        line=each.line.line,
        number=each.line.number,
        kind=each.line.kind,
        file=each.line.file,
        step=each.state,
        late=is_late and each.state in {"waiting", "refused"},
        version=record.version if record else 0,
        reason_code=record.reason_code if record else None,
        reason=record.reason(language) if record else None,
        copy_id=f"{record.reference}.{record.component}" if record and each.paper else None,
        code=record.code if record else None,
        title=title_of(each.paper.reads_as if each.paper else each.line.kind_read),
        owner_compared=each.compared,
        held_by="owner" if each.line.owner_kind else "agency",
    )
