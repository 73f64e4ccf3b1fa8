"""What keeps a result from a destination, or a paper from being handed over."""

from chalicelib.kernel.problem import DomainError, Row


class DestinationNotConnected(DomainError):
    """This installation is connected to no such `destination`: nobody can wish for it."""

    row = Row(
        409,
        "destination_not_connected",
        "Hệ thống chưa kết nối với nơi nhận này",
        "This installation is not connected to that destination",
        remedy_vi="Chọn nơi nhận khác; bản điện tử luôn có trong kho dữ liệu của bạn",
        remedy_en="Choose another destination; the electronic result is in your vault in any case",
    )


class DeliveryTwice(DomainError):
    """The result goes to this `destination` already; `progress` says how far it is."""

    row = Row(
        409,
        "delivery_twice",
        "Kết quả đã được yêu cầu gửi đến nơi này",
        "The result goes there already",
        remedy_vi="Xem `progress` trong danh sách nơi nhận; mỗi nơi chỉ nhận một bản",
        remedy_en="The list of deliveries says how far it is; each destination gets one document",
    )


class DeliveryUnderWay(DomainError):
    """The wish is withdrawn no more: an attempt was made, or it ended; `progress` says how far it is."""

    row = Row(
        409,
        "delivery_under_way",
        "Kết quả đã được gửi đến nơi này, không thể rút yêu cầu",
        "The result is on its way there: the wish cannot be withdrawn",
        remedy_vi="Chỉ rút được yêu cầu khi chưa gửi lần nào; xem `progress` trong danh sách nơi nhận",
        remedy_en="A wish is withdrawn before the first attempt; the list of deliveries says how far it is",
    )


class NoResultYet(DomainError):
    """There is no signed result to hand over, or there will be none; `state` is the dossier's."""

    row = Row(
        409,
        "no_result_yet",
        "Hồ sơ chưa có kết quả đã ký",
        "The dossier has no signed result",
        remedy_vi="Chờ hồ sơ có kết quả (trạng thái 9) rồi thực hiện lại",
        remedy_en="Wait for the result (state 9), then do it again",
    )


class NotHandedOver(DomainError):
    """This delivery is not handed over by a person, or was settled; `progress` says how far it is."""

    row = Row(
        409,
        "not_handed_over",
        "Không thể bàn giao ở bước này",
        "It cannot be handed over as it stands",
        remedy_vi="Chỉ bàn giao tại quầy hoặc qua bưu chính, một lần, và không khi kết quả đang được gửi",
        remedy_en="Only what goes to the counter or by post is handed over, once, and not while it is being sent",
    )


class ChildrenAsked(DomainError):
    """A bundle has no result of its own to deliver: those of its `children` are asked for, each by itself."""

    row = Row(
        409,
        "children_asked",
        "Nhóm thủ tục không có kết quả riêng; kết quả thuộc các hồ sơ thành phần",
        "A bundle has no result of its own: its children have them",
        remedy_vi="Yêu cầu gửi kết quả trên từng hồ sơ nêu ở `children`",
        remedy_en="Ask for the delivery on each dossier named in `children`",
    )


class NotParked(DomainError):
    """Only a delivery that failed is begun again; `progress` says how far this one is."""

    row = Row(
        409,
        "not_parked",
        "Việc gửi này không bị dừng",
        "This delivery did not fail",
        remedy_vi="Chờ hệ thống gửi xong; chỉ thử lại khi `progress` là `parked`",
        remedy_en="Let it go on; begin again only what is `parked`",
    )


class ConversionNotValid(DomainError):
    """A paper result is handed over once it was converted (Decree 137/2024 Art. 8(4)); its `conversion` is none yet."""

    row = Row(
        409,
        "conversion_not_valid",
        "Kết quả giấy chưa được chuyển đổi hợp lệ thành thông điệp dữ liệu",
        "The paper result has no valid conversion into a data message",
        remedy_vi="Số hóa và ký số kết quả giấy trước, rồi nêu mã thành phần trong `conversion`",
        remedy_en="Digitise and sign the paper first, then name its component in `conversion`",
    )


class NothingToRedeliver(DomainError):
    """The national portal is told of this dossier already, or was not to be told yet; `progress` says how far it is."""

    row = Row(
        409,
        "nothing_to_redeliver",
        "Hồ sơ đang được đồng bộ hoặc chưa có gì để đồng bộ lên Cổng Dịch vụ công quốc gia",
        "The dossier is being synchronised with the national portal, or there is nothing to tell it yet",
        remedy_vi="Xem `progress` của việc đồng bộ; hệ thống tự gửi lại theo lịch",
        remedy_en="The synchronisation says how far it is; what waits is sent by itself",
    )


class NoticeNotGivenUp(DomainError):
    """Only a notice that was given up is begun again; `progress` says how far this one is."""

    row = Row(
        409,
        "notice_not_given_up",
        "Thông báo này không bị dừng gửi",
        "This notice was not given up",
        remedy_vi="Chờ hệ thống gửi xong; chỉ gửi lại khi `progress` là `given_up`",
        remedy_en="Let it go on; begin again only what is `given_up`",
    )
