"""The Civil Code's rules a second time, written from the articles alone, against many mandates made at random.

Nothing of `law.representation` is used here but what is compared: ages are counted by going from birthday to birthday,
terms by going from day to day.
"""

import random
from datetime import date, timedelta

from chalicelib.law.packs import pack_on
from chalicelib.law.representation import Asked, Born, First, Party, Side, closing, deals_with_himself, faults
from chalicelib.law.rules import FormDemand, Rule

ONE = timedelta(days=1)
CASES = 4000
CODES = ("1.001193", "1.000894", "2.000635", "1.004222")
ACTS = ("file", "supplement", "withdraw", "pay", "notices")
PROVED = {"plain": None, "certified": "FILE", "notarised": "NOTARIAL"}
STRENGTH = {"plain": 0, "certified": 1, "notarised": 2}


def exists(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def years_lived(born, day):
    """How many birthdays there were; one that a year has not is kept on the next day."""
    lived, year = 0, born.year
    while True:
        year += 1
        kept = exists(year, born.month, born.day) or date(year, 3, 1)
        if kept > day:
            return lived
        lived += 1


def may_be(party, age, day):
    """What can be true of somebody's age: every day of birth that fits what is known is tried."""
    if party.born is None:
        return {True, False}
    if party.born.day:
        return {years_lived(party.born.day, day) >= age}
    days, born = set(), date(party.born.year, 1, 1)
    while born.year == party.born.year:
        days.add(born <= day and years_lived(born, day) >= age)
        born += ONE
    return days


def age_fault(side, party, asked, day, full):
    """Articles 21 and 138(3)."""
    if party.kind != "CITIZEN":
        return []
    age = 18 if any(code in full for code in asked.procedures) else 15
    can = may_be(party, age, day)
    return [] if can == {True} else [f"{side}_too_young" if can == {False} else f"{side}_age_unknown"]


def procedure_faults(asked, law):
    """Articles 134(2) and 141(4), and what a procedure may demand of the form."""
    if len(asked.procedures) == 0:
        yield "scope_missing"
    for code in asked.procedures:
        if code in law["in_person"]:
            yield "in_person"
        if code in law["forms"] and STRENGTH[asked.form] < STRENGTH[law["forms"][code]]:
            yield "form_too_weak"


def paper_faults(asked):
    """The clause on results, and the proof of the form."""
    if asked.storage not in ("PRINCIPAL", "AGENT", "BOTH", "NONE"):
        yield "storage_clause_missing"
    if asked.form != "plain" and asked.evidence != PROVED[asked.form]:
        yield "evidence_missing"
    if asked.evidence == "FILE" and not asked.has_hash:
        yield "evidence_hash_missing"


def term_faults(asked, day):
    """Article 140."""
    if asked.last_day is None:
        return
    if asked.first_day is not None and asked.first_day > asked.last_day:
        yield "term_backwards"
    if day > asked.last_day:
        yield "term_over"


def first_faults(asked):
    """Article 564, and that nobody gives what he has not."""
    first = asked.first
    if first is None:
        return
    if not first.allows_sub:
        yield "sub_not_allowed"
    if first.form != asked.form:
        yield "form_of_first"
    if any(code not in first.procedures for code in asked.procedures):
        yield "beyond_own_power"
    if any(act not in first.may for act in asked.may):
        yield "beyond_own_power"
    if first.closes and asked.last_day and asked.last_day > first.closes - ONE:
        yield "beyond_own_power"


def wrong(asked, day, law):
    """What the articles find wrong; the names of the rules, sorted."""
    found = age_fault("representative", asked.representative, asked, day, law["agent_full"])
    found += age_fault("represented", asked.represented, asked, day, law["giver_full"])
    found += ["with_oneself"] * asked.is_one_person  # 141(3)
    found += [*procedure_faults(asked, law), *paper_faults(asked), *term_faults(asked, day), *first_faults(asked)]
    return sorted(found)


def last_day(asked, arose):
    """The last day of the term, 140(2): by going on day for day; None while the act goes on."""
    last = asked.last_day
    if last is None and not asked.for_one_act:
        day = arose
        wanted = exists(arose.year + 1, arose.month, arose.day) or date(arose.year + 1, arose.month, 28)
        while day != wanted:
            day += ONE
        last = day
    if asked.first and asked.first.closes:
        end = asked.first.closes - ONE
        last = end if last is None or end < last else last
    return last


def somebody(rng):
    kind = rng.choice(["CITIZEN"] * 4 + ["FOREIGNER", "ORGANISATION"])
    if kind != "CITIZEN":
        return Party(kind, None)
    born = rng.choice([date(2007, 1, 1), date(2010, 1, 1)]) + timedelta(days=rng.randrange(1461))
    born = rng.choice([born, date(2012, 2, 29), date(2008, 2, 29)])
    return Party(kind, Born(born.year, rng.choice([born, None])))


def some(rng, of, least=0):
    return tuple(rng.sample(of, rng.randint(least, len(of))))


def asked_at_random(rng, day):
    near = [day + timedelta(days=n) for n in range(-2, 3)]
    first = None
    if rng.random() < 0.4:
        first = First(
            procedures=some(rng, CODES, 1),
            may=some(rng, ACTS),
            form=rng.choice([*STRENGTH]),
            allows_sub=rng.random() < 0.7,
            closes=rng.choice([None, *near]),
        )
    return Asked(
        represented=somebody(rng),
        representative=somebody(rng),
        is_one_person=rng.random() < 0.2,
        procedures=some(rng, CODES),
        may=some(rng, ACTS),
        storage=rng.choice(["PRINCIPAL", "AGENT", "BOTH", "NONE", None, "ELSEWHERE"]),
        form=rng.choice([*STRENGTH]),
        evidence=rng.choice([None, "FILE", "ID_APP", "NOTARIAL"]),
        has_hash=rng.random() < 0.5,
        first_day=rng.choice([None, *near]),
        last_day=rng.choice([None, *near]),
        for_one_act=rng.random() < 0.3,
        first=first,
    )


def law_at_random(rng):
    return {
        "agent_full": some(rng, CODES),
        "giver_full": some(rng, CODES),
        "in_person": some(rng, CODES),
        "forms": {code: rng.choice(["certified", "notarised"]) for code in some(rng, CODES)},
    }


def as_rules(law, rules):
    from msgspec.structs import replace

    given = lambda value: Rule(value, "a clause", "policy", "for a test")  # noqa: E731 - one expression
    return replace(
        rules,
        mandate_full_age_only=given(law["agent_full"]),
        mandate_full_age_represented=given(law["giver_full"]),
        mandate_in_person=given(law["in_person"]),
        mandate_forms=given(tuple(FormDemand(code, form, "a clause") for code, form in law["forms"].items())),
    )


def day_at_random(rng):
    day = rng.choice([date(2025, 1, 1), date(2026, 11, 1), date(2027, 1, 1)]) + timedelta(days=rng.randrange(1200))
    return rng.choice([day, date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29), date(2026, 12, 31)])


def test_what_is_refused_is_the_same_read_twice():
    rng, seen = random.Random(564), set()
    for _ in range(CASES):
        day, law = day_at_random(rng), law_at_random(rng)
        asked, rules = asked_at_random(rng, day), as_rules(law, pack_on(day).rules)
        found = sorted(problem.rule for problem in faults(asked, day, rules))
        assert found == wrong(asked, day, law), (asked, day, law)
        seen |= set(found) or {"none"}
    assert len(seen) >= 16, "the cases reach every rule"


def test_how_long_it_lasts_is_the_same_read_twice():
    rng = random.Random(140)
    for _ in range(CASES):
        day = day_at_random(rng)
        asked = asked_at_random(rng, day)
        last, closes = last_day(asked, day), closing(asked, day, pack_on(day).rules)
        assert closes == (last + ONE if last else None), (asked, day)


def test_dealing_with_oneself_is_the_same_read_twice():
    rng, people = random.Random(141), "abcd"
    for _ in range(CASES):
        sides = [Side(rng.choice(people), rng.choice([None, *people])) for _ in range(rng.randint(0, 3))]
        agent, places = rng.choice(people), []
        for number, side in enumerate(sides):
            places += [number] * (side.holder == agent) + [number] * (side.representative == agent)
        assert deals_with_himself(agent, sides) == (len(places) > 1), sides
