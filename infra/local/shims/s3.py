"""S3 of moto 5.2.5: objects survive SIGKILL.

Replaces:
- `S3Response.key_response`, `S3Response.bucket_response`: stock moto keeps objects in memory only. After each request
  that changes something, the versions of the keys it touched are one row of the journal, in the same commit as the
  events it caused. Multipart uploads that are not complete are lost with the process.
"""

import pickle
from typing import Any

from moto.s3.models import s3_backends
from moto.s3.responses import S3Response

from infra.local.journal import Journal
from infra.local.names import ACCOUNT
from infra.local.shims.site import Site

type Seen = dict[tuple[str, str], tuple[Any, ...]]


def _versions(bucket: Any, key: str) -> list[Any]:
    found: list[Any] = bucket.keys.getlist(key, [])
    return found


def _keep(journal: Journal, seen: Seen, bucket: Any, touched: str | None) -> None:
    """Write the rows of changed keys; without a key (form upload, bulk delete) compare the versions of all."""
    keys = {touched} if touched else set(bucket.keys.keys()) | {k for b, k in seen if b == bucket.name}
    with journal.tx() as db:
        for key in keys:
            versions = _versions(bucket, key)
            print_now = tuple((v.version_id, id(v)) for v in versions)
            if not touched and seen.get((bucket.name, key), ()) == print_now:
                continue
            if versions:
                row = (bucket.name, key, pickle.dumps(versions))
                db.execute("INSERT OR REPLACE INTO object VALUES(?,?,?)", row)
                seen[bucket.name, key] = print_now
            else:
                db.execute("DELETE FROM object WHERE bucket=? AND key=?", (bucket.name, key))
                seen.pop((bucket.name, key), None)


def restore(site: Site) -> None:
    """Objects back into memory, from the journal of the running cloud."""
    assert site.journal is not None
    buckets = s3_backends[ACCOUNT]["aws"].buckets
    for name, key, versions in site.journal.all("SELECT bucket, key, versions FROM object"):
        if name in buckets:
            buckets[name].keys.setlist(
                key, pickle.loads(versions)
            )  # only what this program wrote, in a folder of mode 0700


def patch(site: Site) -> None:
    """Replace the methods named above."""
    fingerprints: dict[int, Seen] = {}  # one cloud at a time: the key is its journal

    def wrap(name: str) -> None:
        stock = getattr(S3Response, name)

        def respond(self: Any, request: Any, full_url: str, headers: Any) -> Any:
            journal = site.journal
            if journal is None or not journal.live or request.method in {"GET", "HEAD"}:
                return stock(self, request, full_url, headers)
            if id(journal) not in fingerprints:
                fingerprints.clear()
                fingerprints[id(journal)] = {}
            with journal.tx():
                answer = stock(self, request, full_url, headers)
                buckets = s3_backends[ACCOUNT]["aws"].buckets
                bucket = buckets.get(self.parse_bucket_name_from_url(request, full_url))
                if bucket is not None:
                    touched = self.parse_key_name() if name == "key_response" else None
                    _keep(journal, fingerprints[id(journal)], bucket, touched)
                return answer

        setattr(S3Response, name, respond)

    wrap("key_response")
    wrap("bucket_response")
