"""Pools that differ in their words only, and papers that say with more choice what the first pool says with few."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final, override

from infra.papers.agreement import agreed
from infra.papers.contents import KINDS, LISTS, Content, Pool, content

type Varied[P: Pool] = Mapping[tuple[str, str], Callable[[P], str]]
"""How values are made anew, by kind of paper and name of the value."""

_FEBRUARY: Final = 2


@dataclass(frozen=True)
class Vocabulary:
    """What a pool chooses from.

    Attributes:
        families, middles, given: the three parts of a name; an empty one is left out.
        others: whole names; `rarely` is their share.
        communes: with what they belong to, behind a comma.
        authorities: what a commune's authority is called.
        old_numbers: the share of papers with nine digits; `oldest` the least of those numbers.
        clerkly: the share of papers on which months after February are written with one digit.
    """

    families: tuple[str, ...]
    middles: tuple[str, ...]
    given: tuple[str, ...]
    others: tuple[str, ...]
    rarely: float
    communes: tuple[str, ...]
    peoples: tuple[str, ...]
    hospitals: tuple[str, ...]
    authorities: tuple[str, ...]
    old_numbers: float
    oldest: int = 10_000_000
    clerkly: float = 0


class VocabularyPool(Pool):
    """Invents by the vocabulary of its class; a `clerkly` one writes months after February with one digit.

    Only 1 and 2 could be taken for another's first digit, so decree 30/2020 wants a nought before these months alone.
    """

    words: ClassVar[Vocabulary]
    clerkly = False

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        if self.words.clerkly:
            self.clerkly = self.random.random() < self.words.clerkly

    @override
    def person(self) -> str:
        words = self.words
        if self.random.random() < words.rarely:
            return self.pick(words.others)
        return " ".join(filter(None, (self.pick(words.families), self.pick(words.middles), self.pick(words.given))))

    @override
    def date(self, first: int, last: int) -> str:
        day, month = self.number(1, 28), self.number(1, 12)
        said = str(month) if self.clerkly and month > _FEBRUARY else f"{month:02d}"
        return f"{day:02d}/{said}/{self.number(first, last)}"

    @override
    def commune(self) -> str:
        return self.pick(self.words.communes)

    @override
    def people(self) -> str:
        return self.pick(self.words.peoples)

    @override
    def paper_number(self) -> str:
        if self.random.random() < self.words.old_numbers:
            return f"{self.number(self.words.oldest, 389_999_999):09d}"
        return self.personal_number()

    @override
    def hospital(self) -> str:
        return self.pick(self.words.hospitals)

    @override
    def authority(self) -> str:
        return f"{self.pick(self.words.authorities)} {self.commune()}"


class OrderlyPool(VocabularyPool):
    """Personal numbers are put together as decree 137/2015 says: the province, sex and century, the year, six more."""

    @override
    def personal_number(self) -> str:
        return f"0{self.number(1, 96):02d}{self.number(0, 3)}{self.number(0, 99):02d}{self.number(1, 999_999):06d}"


def listed(*choices: str) -> Callable[[Pool], str]:
    """A way to make a value: one of these."""
    return lambda pool: pool.pick(choices)


def counted(*forms: str, upto: int = 900) -> Callable[[Pool], str]:
    """A way to write the number of a paper: in its forms `{n}` counts, `{y}` is a year."""
    return lambda pool: pool.pick(forms).format(n=pool.number(1, upto), y=pool.number(2017, 2026))


def moments(forms: tuple[str, ...], first: int, last: int = 2026) -> Callable[[Pool], str]:
    """A way to say when: in its forms `{h}` and `{m}` are the time, `{day}` and `{said}` the day."""

    def way(pool: Pool) -> str:
        hour, minute, day = pool.number(0, 23), pool.number(0, 59), pool.date(first, last)
        said = "ngày {} tháng {} năm {}".format(*day.split("/"))
        return pool.pick(forms).format(h=hour, m=minute, day=day, said=said)

    return way


_SORTS: Final = ("phường ", "xã ", "đặc khu ", "thị trấn ", "huyện ", "tỉnh ", "thành phố ", "Thành phố ", "TP. ",
          "TP ")  # fmt: skip


def by_names_alone(commune: str) -> str:
    """A commune and what it belongs to without what they are, as older papers name a native place."""
    bare = []
    for name in (each.strip() for each in commune.split(",")):
        sort = next((each for each in _SORTS if name.startswith(each)), "")
        bare.append(name.removeprefix(sort))
    return ", ".join(bare)


def native(pool: Pool) -> str:
    """A native place: as it is called, or as older papers name it."""
    return pool.pick((pool.commune(), pool.commune(), by_names_alone(pool.commune())))


def weighed(least: int, most: int, *forms: str) -> Callable[[Pool], str]:
    """A way to write the weight of a child, by fifty grams: `{g}` are grams, `{kg}` and `{hg}` their two parts.

    `{tenths}` and `{hundredths}` are kilograms with so many places behind the comma.
    """

    def way(pool: Pool) -> str:
        grams = pool.number(least, most) * 50
        tenths, hundredths = (f"{grams / 1000:.{places}f}".replace(".", ",") for places in (1, 2))
        made = {"g": grams, "kg": grams // 1000, "hg": grams % 1000 // 100, "tenths": tenths, "hundredths": hundredths}
        return pool.pick(forms).format(**made)

    return way


HELD: Final = listed("Sử dụng riêng", "Sử dụng riêng", "Sử dụng chung")
"""How land is held: mostly by one."""
NATIVE: Final[Varied[Pool]] = {(kind, "que_quan"): native for kind in ("giay_khai_sinh", "xac_nhan_cu_tru", "can_cuoc")}
"""The native place on every kind that has one."""


def varied[P: Pool](kind: str, seed: int, pools: type[P], ways: Varied[P], lists: str) -> Content:
    """One paper of a kind, or a list of the title `lists`; values that have a way are made anew.

    Raises KeyError for a kind that is none.
    """
    made = content(KINDS[0] if kind == LISTS else kind, seed, pools)
    if kind == LISTS:
        return replace(made, kind=LISTS, title=lists, values={}, sentences=())
    pool = pools(seed + 1)
    values = {name: ways[kind, name](pool) if (kind, name) in ways else value for name, value in made.values.items()}
    return replace(made, values=values)


def issued_where_registered(made: Content) -> Content:
    """The paper, issued by the commune that it says it was registered in, if it says so."""
    if "noi_dang_ky" not in made.values:
        return made
    return issued_by(made, made.values["noi_dang_ky"].removeprefix("UBND ").removeprefix("Ủy ban nhân dân "))


def issued_by(made: Content, commune: str) -> Content:
    """The paper, issued by a commune that is named with what it belongs to."""
    office, _, place = commune.partition(", ")
    return replace(made, office=office.upper(), place=place)


_WHERE: Final = {
    "xac_nhan_cu_tru": "noi_thuong_tru", "xac_nhan_hon_nhan": "noi_cu_tru", "quyet_dinh": "noi_cu_tru",
    "giay_chung_nhan_dat": "dia_chi_thua_dat",
}  # fmt: skip
"""The kinds that the commune of an address issues, and the name of the address."""


def issued_where_told(made: Content, words: Vocabulary) -> Content:
    """The paper, issued by a commune that it speaks of."""
    if made.kind not in _WHERE:
        return issued_where_registered(made)
    address = made.values[_WHERE[made.kind]]
    return issued_by(made, next(each for each in words.communes if address.endswith(each)))


def agreeing[P: VocabularyPool](kind: str, seed: int, pools: type[P], ways: Varied[P]) -> Content:
    """One paper of a kind, or a list, whose values agree, issued by a commune that it speaks of.

    Raises KeyError for no kind.
    """
    made = varied(kind, seed, pools, ways, "DANH SÁCH")
    return issued_where_told(replace(made, values=agreed(made.values)), pools.words)
