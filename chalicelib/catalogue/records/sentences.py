"""The sentences of the importer, Vietnamese and English, by stable code."""

from typing import Final

type Sentences = dict[str, tuple[str, str]]

BROKEN: Final[Sentences] = {
    "too_large": ("Có {size} byte, tối đa {most} byte.", "It has {size} bytes; at most {most} are read."),
    "too_many": ("Có hơn {most} bản ghi trong một tệp.", "More than {most} records in one file."),
    "too_deep": ("Lồng nhau quá {most} cấp.", "Nested more than {most} levels deep."),
    "string_too_long": ("Có chuỗi dài hơn {most} byte.", "A text is longer than {most} bytes."),
    "list_too_long": ("Có danh sách dài hơn {most} phần tử.", "A list has more than {most} entries."),
    "duplicate_key": ("Khóa “{key}” xuất hiện hai lần.", "The key “{key}” stands twice in one object."),
    "bad_number": ("Số không dùng được: {number}", "Not a usable number: {number}"),
    "not_utf8": ("Văn bản không phải UTF-8 hợp lệ.", "The text is not valid UTF-8."),
    "not_json": ("Không phải JSON, từ byte {where}.", "Not JSON, from byte {where} on."),
    "not_a_record": ("JSON nhưng không phải bản ghi thủ tục.", "JSON, but no record of a procedure."),
}

REFUSALS: Final[Sentences] = {
    "answer_without_record": (
        "Câu trả lời của Cơ sở dữ liệu quốc gia không có bản ghi ({answer}).",
        "The answer of the National Database has no record in it ({answer}).",
    ),
    "code_missing": ("Bản ghi không có mã thủ tục.", "The record has no procedure code."),
    "code_invalid": (
        "Mã thủ tục “{code}” không đúng dạng 1.005129 hoặc 1.012753.H19.",
        "The procedure code “{code}” is not like 1.005129 or 1.012753.H19.",
    ),
    "name_missing": ("Bản ghi không có tên thủ tục.", "The record has no name of the procedure."),
    "facts_too_large": ("Bản ghi có hơn {most} byte dữ liệu.", "The record holds over {most} bytes of facts."),
    "name_too_long": ("Tên thủ tục dài hơn {most} ký tự.", "The name of the procedure has over {most} characters."),
}

WARNINGS: Final[Sentences] = {
    "unexpected_type": (
        "Kiểu dữ liệu {kind} không dùng được ở đây; giá trị để trống.",
        "A value of type {kind} cannot be used here; it is left out.",
    ),
    "code_blank": ("Mã có khoảng trắng thừa: “{code}”.", "The code carries blanks: “{code}”."),
    "unit_unknown": ("Đơn vị thời hạn “{unit}” chưa biết.", "The unit of the term, “{unit}”, is not known."),
    "term_fractional": (
        "Thời hạn {record} không phải số nguyên; giữ nguyên văn, không quy đổi.",
        "The term {record} is not a whole number; it is kept as written and not converted.",
    ),
    "term_out_of_range": ("Thời hạn {record} ngoài mức hợp lý.", "The term {record} is out of any reasonable range."),
    "term_other": (
        "Thời hạn ghi “{record}”: đơn vị OTHER không cho biết thời gian.",
        "The term is written “{record}”: the unit OTHER does not say how long.",
    ),
    "term_free_text": (
        "Thời hạn chỉ có bằng lời; giữ nguyên văn.",
        "The term is in words only; they are kept as they are.",
    ),
    "term_hours_unclear": (
        "Thời hạn {record}: bản ghi không nói là giờ liên tục, giờ làm việc hay mốc giờ trong ngày.",
        "The term {record}: the record does not say clock hours, working hours or a time of day.",
    ),
    "term_year": (
        "Thời hạn {record} tính bằng năm, chưa quy đổi.",
        "The term {record} is counted in years and is not converted.",
    ),
    "term_unit_contradicted": (
        "Thời hạn {record} nhưng phần mô tả nói “{note}”.",
        "The term is {record}, but the description says “{note}”.",
    ),
    "term_is_extension": (
        "Thời hạn {record} trong mô tả chỉ là phần được tăng thêm, không phải cả thời hạn.",
        "The description says that {record} is only what is added to the term, not the term.",
    ),
    "term_differs_from_note": (
        "Thời hạn {record} không có trong mô tả, nơi ghi “{note}”.",
        "The term {record} does not stand in the description, which says “{note}”.",
    ),
    "case_term_differs": (
        "Trường hợp {case} có thời hạn {term}, không cách thức nộp nào ghi thời hạn này.",
        "Case {case} has the term {term}, which no way of submitting has.",
    ),
    "channel_unknown": ("Hình thức nộp “{channel}” chưa biết.", "The channel “{channel}” is not known."),
    "method_repeated": (
        "Hình thức {channel} có {count} dòng với thời hạn hoặc phí khác nhau; chỉ phần mô tả phân biệt.",
        "The channel {channel} stands {count} times with other terms or fees; only the descriptions tell them apart.",
    ),
    "method_identical": (
        "Hình thức {channel} lặp lại y hệt; chỉ giữ một.",
        "The channel {channel} is repeated word for word; one is kept.",
    ),
    "fee_only_in_text": (
        "Phí ghi {recorded} nhưng mức thật chỉ có trong lời: “{text}”.",
        "The fee is recorded as {recorded}, but its real amount stands in the text: “{text}”.",
    ),
    "fee_set_elsewhere": (
        "Mức phí do văn bản khác hoặc Hội đồng nhân dân quy định; bản ghi ghi {recorded}.",
        "Another document or the People's Council sets the fee; the record says {recorded}.",
    ),
    "fee_zero_explained": (
        "Phí ghi 0 kèm lời giải thích không phải miễn phí cho mọi người: “{text}”.",
        "The fee is recorded as 0 with an explanation that does not waive it for everybody: “{text}”.",
    ),
    "fee_amount_missing": ("Có dòng phí nhưng không có mức.", "A fee is listed without an amount."),
    "fee_amount_invalid": ("Mức phí {recorded} không dùng được.", "The fee {recorded} cannot be used."),
    "fee_tiers": ("Phí có nhiều mức trong lời: “{text}”.", "The text gives the fee in tiers: “{text}”."),
    "fee_per_unit": ("Phí tính theo đơn vị: “{text}”.", "The fee is counted per unit: “{text}”."),
    "fee_exemption_in_text": (
        "Lời mô tả phí có trường hợp được miễn.",
        "The text of the fee exempts some people.",
    ),
    "fee_alternatives": (
        "Một hình thức nộp có {count} mức {type}; trường hợp nào áp dụng mức nào chỉ có trong lời.",
        "One way of submitting has {count} fees of type {type}; only their texts say which one is due.",
    ),
    "fee_currency_missing": (
        "Phí {recorded} không ghi loại tiền.",
        "The fee {recorded} names no currency.",
    ),
    "fee_currency_unknown": ("Loại tiền “{currency}” chưa biết.", "The currency “{currency}” is not known."),
    "fee_currency_doubtful": (
        "Phí {recorded} đồng thấp bất thường; có thể là ngoại tệ ghi nhầm loại tiền.",
        "A fee of {recorded} dong is unusually low; it may be a foreign amount under the wrong currency.",
    ),
    "quantity_missing": ("Thành phần không có số lượng dùng được.", "The component has no usable quantity."),
    "component_nameless": ("Thành phần không có tên; bị bỏ qua.", "The component has no name and is left out."),
    "component_conflict": (
        "Thành phần {code} xuất hiện nhiều lần với nội dung khác nhau.",
        "The component {code} stands several times with different contents.",
    ),
    "component_repeated": (
        "Thành phần {code} lặp lại; chỉ giữ một.",
        "The component {code} is repeated; one is kept.",
    ),
    "required_is_set": (
        "Thành phần {code} được đánh dấu bắt buộc; trước nay trường này luôn sai nên chưa dùng.",
        "The component {code} is marked required; that mark has always been false and is not used yet.",
    ),
    "case_without_code": ("Trường hợp không có mã; bị bỏ qua.", "A case has no code and is left out."),
    "case_repeated": ("Mã trường hợp {case} lặp lại; chỉ giữ một.", "The case {case} is repeated; one is kept."),
    "time_invalid": ("Mốc thời gian {value} không dùng được.", "The time {value} cannot be used."),
    "findings_left_off": ("Còn {count} cảnh báo khác.", "{count} more warnings are left off."),
}

UNKNOWN: Final[Sentences] = {
    "term": ("Bản ghi không cho biết thời hạn tính được.", "The record gives no term that can be computed."),
    "fees": (
        "Bản ghi không nêu phí của hình thức này; không có nghĩa là miễn phí.",
        "The record lists no fee for this way of submitting; that does not mean that it is free.",
    ),
    "amount": ("Mức phí không có ở dạng số.", "The amount of the fee is not given as a number."),
    "currency": ("Bản ghi không ghi loại tiền.", "The record names no currency."),
    "channel": ("Hình thức nộp không rõ.", "The channel is not known."),
    "methods": ("Bản ghi không nêu cách nộp hồ sơ.", "The record gives no way of submitting."),
    "components": ("Bản ghi không nêu thành phần hồ sơ nào.", "The record lists no document."),
    "need": (
        "Bản ghi không đánh dấu giấy tờ nào bắt buộc.",
        "The record marks no document as required.",
    ),
    "quantity": ("Bản ghi không cho biết số bản.", "The record does not say how many copies."),
    "name_en": ("Bản ghi quốc gia không có tiếng Anh.", "The national record has no English."),
    "performed_by": ("Bản ghi không nêu cơ quan thực hiện.", "The record names no agency that performs it."),
    "decided_by": ("Bản ghi không nêu cơ quan quyết định.", "The record names no agency that decides."),
    "promulgated_by": ("Bản ghi không nêu cơ quan công bố.", "The record names no agency that published it."),
    "level": ("Bản ghi không cho biết cấp thực hiện.", "The record does not say at which level it is done."),
    "field": ("Bản ghi không nêu lĩnh vực.", "The record names no field."),
    "subjects": ("Bản ghi không nêu đối tượng thực hiện.", "The record does not say who may apply."),
    "results": ("Bản ghi không nêu kết quả.", "The record names no result."),
    "steps": ("Bản ghi không nêu trình tự.", "The record gives no steps."),
    "legal_bases": ("Bản ghi không nêu căn cứ pháp lý.", "The record names no legal basis."),
    "requirements": (
        "Bản ghi không nêu yêu cầu, điều kiện; không rõ là không có hay chưa ghi.",
        "The record states no requirement; it does not say whether there is none.",
    ),
    "receiving": (
        "Bản ghi không nêu nơi nộp hồ sơ.",
        "The record does not say where to hand in.",
    ),
    "decision": ("Bản ghi không nêu quyết định công bố.", "The record names no decision that published it."),
    "decided_on": ("Bản ghi không nêu ngày quyết định.", "The record gives no date of the decision."),
    "updated_at": ("Bản ghi không cho biết lúc cập nhật.", "The record does not say when it was updated."),
    "flag": ("Bản ghi không đánh dấu.", "The record carries no such mark."),
    "component_code": ("Bản ghi không có mã của thành phần này.", "The record has no code for this component."),
}
