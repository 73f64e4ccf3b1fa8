"""What the feed and its subscriptions refuse."""

from chalicelib.kernel.problem import DomainError, Row


class NotFollowed(DomainError):
    """Whoever asks for events has no subscription, so none are kept for them."""

    row = Row(
        404,
        "not_followed",
        "Chưa đăng ký nhận sự kiện",
        "There is no subscription yet",
        remedy_vi="Đăng ký bằng POST /v1/subscriptions; sự kiện được giữ từ lúc đó",
        remedy_en="Subscribe by POST /v1/subscriptions; events are kept from then on",
    )


class CursorExpired(DomainError):
    """The cursor is older than what the feed keeps; `kept_days` says how long that is."""

    row = Row(
        410,
        "cursor_expired",
        "Vị trí này đã cũ hơn thời gian lưu của luồng sự kiện",
        "The cursor is older than what the feed keeps",
        remedy_vi="Đọc lại từ đầu (không gửi `after`), rồi đối chiếu từng hồ sơ",
        remedy_en="Begin anew without `after`, and compare each dossier",
    )


class TooManySubscriptions(DomainError):
    """A subscriber has as many as it may have: `limit`."""

    row = Row(
        409,
        "too_many_subscriptions",
        "Đã đạt số đăng ký tối đa",
        "There are as many subscriptions as there may be",
        remedy_vi="Kết thúc một đăng ký không còn dùng rồi gửi lại",
        remedy_en="End one that is not used any more, then send it again",
    )


class NotPushed(DomainError):
    """A subscription without an address has neither secrets nor deliveries."""

    row = Row(
        409,
        "not_pushed",
        "Đăng ký này không có địa chỉ nhận",
        "This subscription has no address",
        remedy_vi="Đọc sự kiện bằng GET /v1/events, hoặc đăng ký mới có `url`",
        remedy_en="Read the events by GET /v1/events, or subscribe anew with a `url`",
    )
