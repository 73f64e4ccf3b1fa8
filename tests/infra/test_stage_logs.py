"""Where the log of a cloud on this machine goes, whoever logged in this process before."""

import io
import logging

from chalicelib.kernel.log import logger, note
from infra.local.stage import keep_logs


def test_a_log_goes_to_the_clouds_file_after_a_command_whose_output_is_closed(tmp_path, monkeypatch):
    """A command that a test runs first has an output of its own, which ends with it."""
    monkeypatch.setattr("infra.local.stage._OPEN", [])
    (handler,) = [each for each in logger().handlers if isinstance(each, logging.StreamHandler)]
    before, of_command = handler.stream, io.StringIO()
    handler.stream = of_command
    of_command.close()
    try:
        keep_logs(tmp_path / "log.jsonl")
        note("a fact", kind="k")
        assert '"a fact"' in (tmp_path / "log.jsonl").read_text()
        keep_logs(tmp_path / "again.jsonl")
        note("another", kind="k")
        assert '"another"' in (tmp_path / "again.jsonl").read_text()
        assert '"another"' not in (tmp_path / "log.jsonl").read_text()
    finally:
        handler.stream.close()
        handler.stream = before
