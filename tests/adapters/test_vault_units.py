"""A vault of one owner: list, search, ledger and opening cost the same at a thousand documents and at many."""

import pytest
from moto.dynamodb.models import dynamodb_backends
from msgspec import structs

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.stored import written
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import holder_of
from chalicelib.ledger.lines import LedgerHead
from chalicelib.ledger.table import partition as ledger_of
from chalicelib.vault import listing
from chalicelib.vault.fence import document_key
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.service import number_hash
from infra.demo import story
from infra.local.names import ACCOUNT, REGION
from tests.adapters.test_counts import reads

AT = "2026-11-25T02:00:00.000+00:00"
KIND, ISSUER, PAGE = "000.00.00.G15-KQ009999", "H01.10.24", 50
LINE = LineWritten(act="read", document="D", by="owner", basis="45/2020 Art. 5", reference="MC-1", sha256="a" * 64)
NUMBER = "086195000077"


class Vault:
    """Documents and lines of one owner, straight into the cloud's tables."""

    def __init__(self, where):
        self.tables = dynamodb_backends[ACCOUNT][REGION].tables
        self.where, self.owner = where, holder_of("CITIZEN", NUMBER)
        self.documents = self.lines = 0
        self.chain, self.made = record.GENESIS, set()

    def put(self, table, item):
        made = self.tables[self.where[f"table.{table}"]].put_item(aws.packed(item))
        self.made.add((table, made.hash_key))

    def up_to(self, count):
        for n in range(self.documents, count):
            day = f"20{n % 80 + 10:02d}-01-05"
            code = f"H01.10.24-20261125-{n:07d}-KQ1"
            document = VaultDocument(
                id=code, code=code, key=f"results/MC-1/{code}.pdf", version_id="v" * 32, sha256="a" * 64, size=79395,
                title="Giấy khai sinh", procedure="1.001193", reference="MC-1", dossier_code=code[:-4], agency=ISSUER,
                stored_at=AT, kind=KIND, number=f"{n}/2026", issued_on=day,
                by_number=number_hash(f"{n}/2026"),
            )  # fmt: skip
            pk, sk = document_key(self.owner, code)
            self.put("Vaults", {"pk": pk, "sk": sk, **written(document)})
            self.line(n + 1)
        self.documents = count
        head = LedgerHead(pk=ledger_of(self.owner), version=count, seq=count, chain=self.chain, created_at=AT)
        self.put("Ledgers", {"sk": "HEAD", **written(head)})

    def line(self, number):
        said = structs.asdict(structs.replace(LINE, document=f"D{number}"))
        row = {"pk": ledger_of(self.owner), "sk": f"EVENT#{number:06d}", "type": LINE.type, "at": AT}
        row |= {"data": {k: v for k, v in said.items() if v is not None}, "prev": self.chain}
        self.chain = record.link(row)
        self.put("Ledgers", {**row, "hash": self.chain})

    def empty(self):
        for table, key in self.made:
            self.tables[self.where[f"table.{table}"]].items.pop(key, None)


@pytest.fixture
def vault(where):
    made = Vault(where)
    yield made
    made.empty()


@pytest.fixture
def owner(where):
    return story.citizen(where, sub="citizen-of-many-papers", name="Đoàn Nhiều Giấy", personal_id=NUMBER)


def costs(owner):
    """Calls and units of each look; the second page too."""
    listed, ledger = "/v1/vault/documents", "/v1/vault/access"
    found = {
        "list": reads(owner, listed),
        "by kind": reads(owner, f"{listed}?kind={KIND}"),
        "by issuer": reads(owner, f"{listed}?issuer={ISSUER}"),
        "by days": reads(owner, f"{listed}?issued_from=2001-01-01"),
        "by number": reads(owner, f"{listed}?number=7/2026"),
        "ledger": reads(owner, ledger),
        "newest of the ledger": reads(owner, f"{ledger}?order=newest"),
    }
    return found | {"open": reads(owner, f"{listed}/H01.10.24-20261125-0000007-KQ1")}


def following(owner, path, name):
    """The rows of a page, and what its next one costs."""
    page = owner.get(path).ok().body
    joint = "&" if "?" in path else "?"
    return len(page[name]), reads(owner, f"{path}{joint}cursor={page['next']}")


@pytest.mark.parametrize("many", [2_000, pytest.param(100_000, marks=pytest.mark.soak)], ids=["2 k", "100 k"])
def test_a_vault_costs_the_same_however_much_its_owner_has(vault, owner, many):
    vault.up_to(listing.SIFTED + PAGE)  # by kind and by issuer so many are looked at once, of fewer all
    few = costs(owner)
    vault.up_to(vault.documents)  # the line of the opening is written over
    vault.up_to(many)
    assert costs(owner) == few
    print(f"\nreads and units at {many}: {few}")
    assert {name: calls for name, (calls, _) in few.items()} == {
        "list": 1, "by kind": 3, "by issuer": 3, "by days": 3, "by number": 3, "ledger": 5, "newest of the ledger": 5,
        "open": 2,
    }, "a vault without HEAD, such as this one, is asked for its first event too"  # fmt: skip


def test_at_ten_documents_nothing_costs_more_than_at_a_thousand(vault, owner):
    vault.up_to(10)
    few = costs(owner)
    vault.up_to(10)
    vault.up_to(1_000)
    many = costs(owner)
    assert {name: calls for name, (calls, _) in many.items()} == {name: calls for name, (calls, _) in few.items()}
    assert all(many[name][1] <= 25 + PAGE / 2 for name in many), many


def test_each_further_page_costs_the_same(vault, owner):
    vault.up_to(1_000)
    for path, name in (
        ("/v1/vault/documents", "documents"),
        (f"/v1/vault/documents?kind={KIND}", "documents"),
        ("/v1/vault/access", "lines"),
        ("/v1/vault/access?order=newest", "lines"),
    ):
        rows, (calls, units) = following(owner, path, name)
        assert rows >= PAGE - 1, path
        assert (calls, units <= 60) == (calls, True), (path, units)
        assert calls <= 6, path


def test_every_document_and_line_is_on_one_page(vault, owner):
    vault.up_to(230)
    for path, name, key in (
        ("/v1/vault/documents", "documents", "id"),
        (f"/v1/vault/documents?kind={KIND}&issued_from=2000-01-01", "documents", "id"),
        (f"/v1/vault/documents?issuer={ISSUER}", "documents", "id"),
        ("/v1/vault/access", "lines", "document"),
        ("/v1/vault/access?order=newest", "lines", "document"),
    ):
        seen, cursor = [], ""
        while cursor is not None:
            joint = "&" if "?" in path else "?"
            page = owner.get(path + (f"{joint}cursor={cursor}" if cursor else "")).ok().body
            seen += [row[key] for row in page[name]]
            cursor = page["next"]
        assert len(seen) == len(set(seen)) == 230, path
