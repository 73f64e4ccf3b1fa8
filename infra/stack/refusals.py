"""What the gateway itself refuses, by status: the same rows on the local cloud and in AWS's gateway responses."""

from collections.abc import Mapping

from chalicelib.kernel import problem as errors
from chalicelib.kernel.problem import Row

SHARED: Mapping[int, type[errors.DomainError]] = {
    401: errors.TokenRefused,
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    500: errors.Broken,
}
OWN = {
    400: Row(400, "bad_request", "Yêu cầu không hợp lệ", "The request cannot be understood"),
    408: Row(408, "request_timeout", "Quá thời gian chờ yêu cầu", "The request took too long to arrive"),
    413: Row(413, "content_too_large", "Nội dung quá lớn", "The body is too large"),
    502: Row(502, "function_failed", "Hàm xử lý bị lỗi", "The function behind this route failed"),
}


def row(status: int) -> Row:
    """The row of the product's table for a status, or the gateway's own."""
    return SHARED[status].row if status in SHARED else OWN[status]
