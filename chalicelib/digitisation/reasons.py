"""Why a file is not taken: one sentence a reason, for whoever sent it, and what was seen, for the log."""

from chalicelib.digitisation.model import Refused


def wrong_type(detail: str) -> Refused:
    """It is not plainly one JPEG, one PNG or one PDF."""
    return Refused("wrong_type", "Chỉ nhận tệp ảnh JPEG, PNG hoặc tệp PDF nguyên bản.", detail)


def truncated(detail: str) -> Refused:
    """It is damaged or breaks off."""
    return Refused("truncated", "Tệp bị hỏng hoặc thiếu dữ liệu; hãy quét hoặc tải lại.", detail)


def too_heavy(detail: str) -> Refused:
    """Opening it would cost far more than a paper is worth."""
    return Refused("too_heavy", "Tệp quá nặng khi mở ra; hãy quét lại hoặc in ra tệp PDF thường rồi tải lại.", detail)


def active(detail: str) -> Refused:
    """It acts, carries other files, or is locked."""
    return Refused(
        "active_content",
        "Tệp PDF có mã chạy, tệp đính kèm, biểu mẫu động hoặc bị khóa; hãy in ra PDF thường rồi tải lại.",
        detail,
    )


def check_pixels(pixels: int, most: int) -> None:
    """Raises Refused for a picture that is too large, or has no pixels."""
    if pixels > most:
        raise Refused("too_many_pixels", "Ảnh có kích thước quá lớn; hãy quét ở 200 đến 300 dpi.", f"{pixels} pixels")
    if pixels == 0:
        raise truncated("a side of zero pixels")
