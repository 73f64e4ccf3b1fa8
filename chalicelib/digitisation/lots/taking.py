"""A lot is taken in when its manifest and every file that it names are there and good; in whatever order they came."""

from dataclasses import dataclass

from chalicelib.digitisation.accepting import LIMITS, SECRET, Accepting
from chalicelib.digitisation.arrivals import Arrival, arrival_of
from chalicelib.digitisation.drops import followed, record_of, refusal_of
from chalicelib.digitisation.exemptions import SECRET_BY_LAW
from chalicelib.digitisation.lots.manifests import (
    LOTS,
    MANIFESTS,
    Line,
    is_waiting,
    lines_of,
    name_of,
    require_all,
)
from chalicelib.digitisation.model import Inspection, Refused
from chalicelib.digitisation.reasons import bad_manifest, manifest_incomplete
from chalicelib.digitisation.sheets import Named
from chalicelib.kernel.clock import stamp


@dataclass(frozen=True)
class Lots(Accepting):
    """Follows manifests."""

    def complete(self, agency: str, lot: str) -> None:
        """Take in the files that a lot's manifest names when all are there and good; else say of it what is missing."""
        there = {
            name_of(key): (key, version) for key, version in self.files.folder(f"drops/{agency}/{LOTS}/{lot}/").items()
        }
        named = next((name for name in MANIFESTS if name in there), None)
        manifest = arrival_of(*there[named]) if named else None
        if named is None or manifest is None:
            return  # the files wait for it
        before, size = self.drops.drop(record_of(manifest)), None
        if before and not is_waiting(before.reason_code):
            return  # it was followed, or cannot be
        try:
            size = self.files.size(manifest.key, manifest.version)
            lines = lines_of(named, self.files.scan(manifest.key, manifest.version))
            require_all(lines, there.keys())
            arrivals = [arrival_of(*there[name_of(line.file)]) for line in lines]
            ready = [self._ready(each, line) for each, line in zip(arrivals, lines, strict=True) if each]
        except Refused as why:
            if before is None:
                self.refuse_drop(manifest, why, size)
            return
        for each, line, found in ready:
            if found:
                self.accept(each, self.named_place(each, Named(line.dossier, line.component)), found)
        now = self.clock()
        self.drops.took(followed(manifest, size, stamp(now)), now).write()

    def _ready(self, each: Arrival, line: Line) -> tuple[Arrival, Line, Inspection | None]:
        """A file of a lot with what is found in it; None when it was taken in before. Raises Refused."""
        known = self.drops.drop(record_of(each))
        if known and known.kind == "taken":
            return each, line, None
        if known and known.reason_code == SECRET_BY_LAW:  # whoever told of it may have ended before it was gone
            self.files.remove(each.key, each.version)
            raise SECRET
        if known is None or not is_waiting(known.reason_code):
            raise manifest_incomplete([name_of(each.key)])
        place = self.named_place(each, Named(line.dossier, line.component))
        if line.component and (place.planned is None or place.planned.code != line.component):
            raise bad_manifest(f"không có thành phần {line.component}", f"no component {line.component}")
        if place.exemption == SECRET_BY_LAW:
            self.drops.turn_down(known, SECRET, self.clock()).tell(refusal_of(each, SECRET)).write()
            self.files.remove(each.key, each.version)  # after it is told: its agency does not wait for what is gone
            raise SECRET
        found = self.opener.inspect(self.files.scan(each.key, each.version), LIMITS, roots=self.files.roots())
        if line.sha256 and line.sha256.lower() != found.sha256:
            raise bad_manifest(f"mã băm của {name_of(each.key)} khác", f"another hash of {name_of(each.key)}")
        return each, line, found
