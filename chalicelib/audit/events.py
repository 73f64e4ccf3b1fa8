"""What the audit hears from the clock."""

from dataclasses import asdict

from chalice import Blueprint

from chalicelib.audit.settings import NEEDS
from chalicelib.audit.wiring import sweep
from chalicelib.kernel import log
from chalicelib.kernel.worker import Tick, called

bp = Blueprint(__name__)


@called(bp, "audit_sweep", Tick, needs=NEEDS)
def audit_sweep(_: Tick) -> dict[str, int]:
    """Every night: chains, their files, their anchors. An alarm hears when no run says that it ran."""
    done = sweep().run()
    log.measure(
        AuditRan=1,
        ChainsSwept=done.chains,
        ChainsUnfit=done.unfit,
        FilesHashed=done.files,
        AuditFailures=done.failed,
        AuditUnfinished=done.unfinished,
    )
    return asdict(done)
