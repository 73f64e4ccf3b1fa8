"""A query that finds nothing is kept without the person."""

from chalicelib.catalogue.services.api import note_unfound
from chalicelib.kernel import log


def test_words_that_found_nothing_are_logged_without_names_numbers_and_order(monkeypatch):
    lines = []
    monkeypatch.setattr(log.logger(), "info", lambda event, extra: lines.append((event, extra)))
    note_unfound("xem bói cho Nguyễn Văn An sinh 12/03/1990, cccd 079123456789")
    assert lines == [("nothing fits", {"words": ["bói", "cccd", "cho", "sinh", "xem"]})]
