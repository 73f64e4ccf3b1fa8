"""Where identity keeps what it knows of people: mandates, officers, what registers were asked."""

from chalicelib.identity.fence import TABLE

__all__ = ["TABLE"]
