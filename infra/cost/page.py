"""The page of the reference: what both commands print, from the kept count.

python -m infra.cost.page            write the tables into docs/reference/cost.md
python -m infra.cost.page --check    write nothing; fail when they are not what the commands print
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from infra.cost import bill, prices, quotas, told
from infra.cost.count import load

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "cost.md"
BEGIN, END = "<!-- printed -->", "<!-- end of printed -->"
DOSSIERS: Final = 1_000_000
RATE: Final = 420
REGIONS: Final = ("ap-southeast-1", "us-east-1")


def printed() -> str:
    """What the commands print, each under its own line."""
    count, found = load(), []
    for name in REGIONS:
        region = prices.load().region(name)
        lines = told.bill_lines(bill.bill(count, region, DOSSIERS), count, region, name)
        found.append((f"motcua cost --dossiers {DOSSIERS} --region {name}", lines))
    limits = quotas.load().region(REGIONS[0])
    for as_is in (False, True):
        plan = quotas.plan(count, limits, RATE, as_is=as_is)
        lines = told.plan_lines(plan, count, limits, REGIONS[0], as_is=as_is)
        found.append((f"motcua quotas --rate {RATE}{' --as-is' if as_is else ''}", lines))
    return "\n\n".join("\n".join(("```console", f"$ {command}", *lines, "```")) for command, lines in found)


def written(page: str) -> str:
    """The page with what is printed now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{printed()}\n\n{END}{after}"


def main() -> int:
    """The command line; 1 when the page is not current."""
    parser = argparse.ArgumentParser(prog="python -m infra.cost.page", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is not current")
    given = parser.parse_args()
    page = PAGE.read_text("utf-8")
    if given.check:
        if current := written(page) == page:
            return 0
        print(f"{PAGE.name} is not what the commands print: make cost", file=sys.stderr)
        return int(not current)
    PAGE.write_text(written(page), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
