"""Zips of functions: LocalStack stores and unpacks one anew for each function, also where fifty have the same."""

import dataclasses
from typing import Any

from localstack.runtime import hooks


@hooks.on_infra_start()
def kept_once() -> None:
    """Let `store_s3_bucket_archive` answer with what it keeps of the same object already.

    It is unpacked once, and stays as long as this instance: functions that go may not take it from others.
    """
    from localstack.aws.connect import connect_to
    from localstack.services.lambda_ import provider
    from localstack.services.lambda_.invocation.lambda_models import S3Code

    class Shared(S3Code):
        def destroy_cached(self) -> None:
            """Others have it too."""

        def destroy(self) -> None:
            """Others have it too."""

    stock = provider.store_s3_bucket_archive
    kept: dict[tuple[str, ...], S3Code] = {}

    def store(archive_bucket: str, archive_key: str, archive_version: str | None, **more: str) -> Any:
        which = {"VersionId": archive_version} if archive_version else {}
        found = connect_to().s3.head_object(Bucket=archive_bucket, Key=archive_key, **which)
        same = (archive_bucket, archive_key, found["ETag"], more["region_name"], more["account_id"])
        if same not in kept:
            code = stock(archive_bucket, archive_key, archive_version, **more)
            kept[same] = Shared(**{field.name: getattr(code, field.name) for field in dataclasses.fields(code)})
        return kept[same]

    provider.store_s3_bucket_archive = store
