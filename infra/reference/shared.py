"""Words for what an owner puts into their vault, shares of it and takes away."""

from typing import Final

from infra.reference.word import Word, time

GRANT: Final = "GR-7K3D9M2QW8XZ4T1B"

SHARED: Final[dict[str, Word]] = {
    "GrantList.grants": Word("What I share, and shared, by its names"),
    "GrantView.given_at": time("When it was given"),
    "GrantView.until": time("When it ends", "2027-01-31T17:00:00+07:00"),
    "GrantView.withdrawn_at": time("When its owner withdrew it; null: they did not"),
    "LinkView.given_at": time("When it was given"),
    "LinkView.until": time("When it ends", "2027-01-31T17:00:00+07:00"),
    "LinkView.withdrawn_at": time("When its owner withdrew it; null: they did not"),
    "PurposeList.purposes": Word("Each with its names and with whom it is offered"),
    "SharedDocument.until": time("When it ends", "2027-01-31T17:00:00+07:00"),
    "DocumentView.withdrawn_at": time("When its agency withdrew it; null: it stands"),
    "History.uses": Word("Each with paper, purpose, count, time and user"),
    "UseView.first_at": time("When it was first used on that day"),
    "UseView.last_at": time("When it was last used on that day"),
    "DocumentList.quota": Word("What my own uploads take, and the most; null: a search, or a further page"),
    "QuotaView.bytes": Word("Bytes that are taken", 52410),
    "QuotaView.most_bytes": Word("The most that may be taken", 1073741824),
    "QuotaView.documents": Word("Documents that are kept or awaited", 1),
    "QuotaView.most_documents": Word("The most documents", 1000),
    "OwnUploadView.announced_at": time("When it was announced"),
    "OwnUploadView.until": time("Until when room is kept for it"),
    "OwnUploadView.reason": Word(
        "Why it was refused, in the reader's language; null: it was not", "Chỉ nhận tệp ảnh hoặc PDF."
    ),
    "OwnUploadTicket.upload": Word("The announced file"),
    "OwnUploadTicket.post": Word("The presigned form"),
    "OwnUploadTicket.max_bytes": Word("The size that was announced: a larger file is refused", 52410),
    "OwnPost.url": Word("Where the form is posted to", "https://intake.s3.ap-southeast-1.amazonaws.com/"),
    "OwnPost.fields": Word("What the multipart form carries before the file", {"key": "vaults/..."}),
    "OwnUploadList.uploads": Word("My own uploads, by their names"),
    "OwnUploadList.quota": Word("What they take, and the most"),
    "ErasedDocument.id": Word("The document that is gone", "UP-7K3D9M2QW8XZ4T1B"),
    "ErasedDocument.quota": Word("What own uploads take now, and the most"),
    "AnomalyList.anomalies": Word("Unusual reads, the newest first"),
    "AnomalyView.id": Word("Its name", "0f3a9c41d2e87b65"),
    "AnomalyView.officer": Word("Who read", "Phan Bích Lượng"),
    "AnomalyView.count": Word("Of how many persons, or dossiers, when it was told", 61),
    "AnomalyView.since": time("The first of these reads"),
    "AnomalyView.found_at": time("When it was told"),
    "TakeoutList.takeouts": Word("The archives that I asked for, by their names"),
    "TakeoutView.asked_at": time("When it was asked for"),
    "TakeoutView.ends_at": time("When the archive is deleted; null: there is none"),
    "OpenedTakeout.takeout": Word("The archive, and how far it is"),
    "{takeout}": Word("`id` of a take-out", "TO-7K3D9M2QW8XZ4T1B"),
    "{grant}": Word("`id` of a grant", GRANT),
}
