"""Every test here runs in the local stage; `logged` is what the product wrote to its log."""

import io
import json
import logging

import pytest

from chalicelib.kernel import log
from tests.fakes.environment import stage

__all__ = ["stage"]


class Lines(logging.Handler):
    """Keeps each line as the product's own formatter writes it."""

    def __init__(self, formatter):
        super().__init__()
        self.lines = []
        self.setFormatter(formatter)

    def emit(self, record):
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def logged():
    handler = Lines(log.logger().registered_handler.formatter)
    logger = logging.getLogger("motcua")
    logger.addHandler(handler)
    yield handler.lines
    logger.removeHandler(handler)


@pytest.fixture
def counted():
    """What `measure` wrote, line by line."""
    out = io.StringIO()
    (handler,) = (h for h in log.logger().handlers if isinstance(h, logging.StreamHandler))
    before = handler.setStream(out)
    yield lambda: [x for x in map(json.loads, out.getvalue().splitlines()) if "_aws" in x]
    handler.setStream(before)
