"""What a dossier seals is under a key of its own, which only KMS unwraps (Decree 13/2023 on personal data)."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import OctKey
from msgspec import structs

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel.problem import ContentErased, TryAgain
from chalicelib.sealing import box, door, ring, table, turning, wrapping
from chalicelib.sealing.door import SealedForAnother, seal, unseal
from chalicelib.sealing.ring import Days, Ring
from infra.local.shims import kms as kms_shim
from tests.fakes.environment import SETTINGS

NUMBER = "001195012345"
DOSSIER, OTHER = "MC-0000000000000001", "MC-0000000000000002"
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def former(value):
    """A value as the releases before sealed it: under one key for all, with no key id."""
    header = {"alg": "dir", "enc": "A256GCM"}
    return jwe.encrypt_compact(header, json.dumps(value).encode(), OctKey.import_key(door._former()))


def header_of(token):
    head = token.partition(".")[0]
    return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))


def test_what_is_sealed_is_unsealed(tables):
    @given(VALUES)
    def both_ways(value):
        assert unseal(DOSSIER, seal(DOSSIER, value)) == value

    both_ways()


def test_what_is_long_is_pressed_before_it_is_sealed_and_what_was_not_is_still_read(tables, monkeypatch):
    said = {"name": "Nguyễn Thị Bích Liễu " * 40}
    pressed = seal(DOSSIER, said)
    monkeypatch.setattr(box, "PRESSED", range(0))
    plain = seal(DOSSIER, said)
    assert len(pressed) < len(plain) / 2
    assert unseal(DOSSIER, pressed) == unseal(DOSSIER, plain) == said


def test_a_seal_names_its_key_shows_nothing_and_is_never_the_same_twice(tables):
    first, second = seal(DOSSIER, {"id": NUMBER}), seal(DOSSIER, {"id": NUMBER})
    assert first != second
    for text in (first, second):
        assert NUMBER not in text
        assert header_of(text) == {"alg": "dir", "enc": "A256GCM", "kid": f"{DOSSIER}/1"}


@pytest.mark.parametrize("part", range(5))
def test_a_seal_that_was_touched_is_refused(tables, part):
    parts = seal(DOSSIER, {"id": NUMBER}).split(".")
    parts[part] = "x" + parts[part]
    with pytest.raises(Unreadable):
        unseal(DOSSIER, ".".join(parts))


def test_each_flipped_letter_of_the_text_is_found(tables):
    head, key, iv, text, tag = seal(DOSSIER, {"id": NUMBER}).split(".")
    for place in range(len(text)):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises(Unreadable):
            unseal(DOSSIER, f"{head}.{key}.{iv}.{changed}.{tag}")


def test_a_seal_with_another_key_under_the_same_id_is_refused(tables):
    seal(DOSSIER, 1)
    forged = jwe.encrypt_compact(
        {"alg": "dir", "enc": "A256GCM", "kid": f"{DOSSIER}/1"}, b"{}", OctKey.import_key(b"k" * 32)
    )
    with pytest.raises(Unreadable):
        unseal(DOSSIER, forged)


def test_a_seal_moved_from_another_dossier_is_refused(tables):
    with pytest.raises(SealedForAnother, match=f"{OTHER}/1 in {DOSSIER}"):
        unseal(DOSSIER, seal(OTHER, {"id": NUMBER}))


def test_what_releases_with_one_key_sealed_stays_readable_and_what_is_sealed_now_names_a_key(tables):
    old = former({"name": "Liễu"})
    assert "kid" not in header_of(old)
    assert unseal(DOSSIER, old) == {"name": "Liễu"}
    assert header_of(seal(DOSSIER, unseal(DOSSIER, old)))["kid"] == f"{DOSSIER}/1"


def test_another_installation_reads_nothing_of_the_former_form(tables, stage):
    old = former({"id": NUMBER})
    stage.setenv("MOTCUA_SECRET", "another-0123456789abcdef0123456789abcdef")
    with pytest.raises(Unreadable):
        unseal(DOSSIER, old)


# --- keys --------------------------------------------------------------------------------------------------------


def test_the_table_has_wrapped_keys_only_one_small_item_a_dossier_and_one_a_day(tables):
    seal(DOSSIER, 1)
    number, key = door.ring().newest(DOSSIER)
    day, item = sorted(tables.everything("Sealing"), key=lambda each: each["pk"])
    assert (item["pk"], item["sk"], item["shape"], number) == (DOSSIER, "KEYS", 1, 1)
    assert (day["pk"], day["sk"], day["shape"]) == (f"DAY#{item['keys'][0]['day']}", "KEY", 1)
    assert key.hex() not in repr((day, item))
    assert len(json.dumps(item)) < 1024, "one write unit"


def test_the_wrapped_key_of_another_dossier_or_number_is_refused(tables):
    for reference in (DOSSIER, OTHER):
        seal(reference, 1)
    (wrapped,) = table.keys_of(DOSSIER).keys
    day_key = Days().of(wrapped.day)
    assert wrapping.unwrapped(wrapped, day_key, DOSSIER) == door.ring().key(DOSSIER, 1)
    for reference, number, key in ((OTHER, 1, day_key), (DOSSIER, 2, day_key), (DOSSIER, 1, bytes(32))):
        with pytest.raises(Unreadable, match=f"key {number} is not the one that was wrapped"):
            wrapping.unwrapped(structs.replace(wrapped, number=number), key, reference)


def test_kms_refuses_the_key_of_another_day(tables):
    seal(DOSSIER, 1)
    (day,) = table.days()
    with pytest.raises(Unreadable, match="not the one that KMS wrapped") as told:
        wrapping.day_unwrapped("2026-01-01", table.day_key(day))
    assert told.value.record == "DAY#2026-01-01"


def test_a_process_asks_kms_once_for_a_day_however_many_dossiers_seal_however_much(tables, kms):
    tokens = {f"MC-{n}": seal(f"MC-{n}", n) for n in range(20)}
    assert [unseal(reference, token) for reference, token in tokens.items()] == list(range(20))
    assert kms == {"GenerateDataKey": 1}
    door.ring().forget()
    assert [unseal(reference, token) for reference, token in tokens.items()] == list(range(20))
    assert kms == {"GenerateDataKey": 1, "Decrypt": 1}


def calls_of(tables, monkeypatch):
    """What the table is asked for from now on."""
    calls, client = [], tables.client("dynamodb")
    stock = client._make_api_call
    monkeypatch.setattr(client, "_make_api_call", lambda o, g: (calls.append(o), stock(o, g))[1])
    return calls


def test_the_keys_of_a_page_are_read_in_one_call_and_of_kms_their_day_alone(tables, kms, monkeypatch):
    tokens = {f"MC-{n}": seal(f"MC-{n}", n) for n in range(5)}
    door.ring().forget()
    kms.clear()
    asked = calls_of(tables, monkeypatch)
    door.learn([*tokens, "MC-none"])
    assert [unseal(reference, token) for reference, token in tokens.items()] == list(range(5))
    door.learn(tokens)
    assert (asked, kms) == (["BatchGetItem", "GetItem"], {"Decrypt": 1})


def test_no_more_keys_are_held_than_a_bounded_number(tables, monkeypatch):
    monkeypatch.setattr(ring, "MOST", 2)
    tokens = {f"MC-{n}": seal(f"MC-{n}", n) for n in range(3)}
    asked = calls_of(tables, monkeypatch)
    assert unseal("MC-2", tokens["MC-2"]) == 2
    assert asked == []
    assert unseal("MC-0", tokens["MC-0"]) == 0
    assert asked == ["GetItem"]


def test_of_two_who_make_the_first_key_at_once_both_seal_under_the_one_that_is_kept(tables, monkeypatch):
    stock, tokens = wrapping.new_key, []

    def meanwhile(*given):
        made = stock(*given)
        if not tokens:
            monkeypatch.setattr(wrapping, "new_key", stock)
            tokens.append(None)
            other = Ring()
            tokens[0] = other.newest(DOSSIER)
        return made

    monkeypatch.setattr(wrapping, "new_key", meanwhile)
    assert Ring().newest(DOSSIER) == tokens[0]
    assert len(table.keys_of(DOSSIER).keys) == 1


def test_a_key_that_the_keys_do_not_have_is_told_by_its_dossier_and_number(tables):
    token = seal(DOSSIER, 1)
    tables.client("dynamodb").delete_item(TableName="sealing", Key={"pk": {"S": DOSSIER}, "sk": {"S": "KEYS"}})
    door.ring().forget()
    with pytest.raises(Unreadable, match="no key 1") as told:
        unseal(DOSSIER, token)
    assert told.value.record == DOSSIER


# --- turned ------------------------------------------------------------------------------------------------------


def test_after_a_turn_both_are_read_and_the_new_key_seals(tables):
    before = seal(DOSSIER, "before")
    assert turning.turned(DOSSIER) == 2
    after = seal(DOSSIER, "after")
    assert [header_of(token)["kid"] for token in (before, after)] == [f"{DOSSIER}/1", f"{DOSSIER}/2"]
    door.ring().forget()
    assert [unseal(DOSSIER, token) for token in (before, after)] == ["before", "after"]


def test_a_process_that_holds_the_keys_of_before_reads_what_another_sealed_after_the_turn(tables):
    here = Ring()
    here.newest(DOSSIER)
    turning.turned(DOSSIER)
    number, key = Ring().newest(DOSSIER)
    assert number == 2
    assert here.key(DOSSIER, 2) == key


def test_a_turn_of_a_dossier_without_a_key_gives_it_its_first(tables):
    assert turning.turned(DOSSIER) == 1
    assert unseal(DOSSIER, seal(DOSSIER, 7)) == 7


def test_a_turn_that_another_was_faster_with_says_try_again_and_loses_nothing(tables, monkeypatch):
    token, stock = seal(DOSSIER, 1), wrapping.new_key

    def meanwhile(*given):
        monkeypatch.setattr(wrapping, "new_key", stock)
        turning.turned(DOSSIER)
        return stock(*given)

    monkeypatch.setattr(wrapping, "new_key", meanwhile)
    with pytest.raises(TryAgain):
        turning.turned(DOSSIER)
    assert [each.number for each in table.keys_of(DOSSIER).keys] == [1, 2]
    assert unseal(DOSSIER, token) == 1


def test_keys_are_wrapped_anew_under_another_key_of_kms_and_stay_what_they_are(tables, stage, kms):
    token, client = seal(DOSSIER, 1), tables.client("kms")
    later = client.create_key()["KeyMetadata"]["Arn"]
    stage.setenv("MOTCUA_SEALING_KEY", later)
    (day,) = table.days()
    before, keys = table.day_key(day), table.keys_of(DOSSIER)
    kms.clear()
    assert turning.wrapped_anew() == 1
    assert kms == {"ReEncrypt": 1}
    after = table.day_key(day)
    assert (after.blob != before.blob, after.made_at) == (True, before.made_at)
    assert table.keys_of(DOSSIER) == keys
    kms_shim.restore(b"1" * 32, SETTINGS["MOTCUA_SEALING_KEY"])  # the former one opens nothing any more
    assert unseal(DOSSIER, token) == 1


# --- days --------------------------------------------------------------------------------------------------------


def test_each_day_has_a_key_of_its_own_and_what_was_sealed_before_stays_readable(tables, kms):
    now = [NOW]
    here = Ring(days=Days(now=lambda: now[0]))
    first = here.newest(DOSSIER)
    now[0] = NOW + timedelta(days=1)
    assert here.newest(OTHER)[1] != first[1]
    assert kms == {"GenerateDataKey": 2}
    assert [table.keys_of(each).keys[0].day for each in (DOSSIER, OTHER)] == ["2026-11-26", "2026-11-27"]
    assert [Ring().newest(each) for each in (DOSSIER, OTHER)] == [first, here.newest(OTHER)]


def test_of_two_who_make_the_key_of_a_day_at_once_both_wrap_under_the_one_that_is_kept(tables, monkeypatch):
    stock, first = wrapping.new_day, []

    def meanwhile(day, now):
        monkeypatch.setattr(wrapping, "new_day", stock)
        first.append(Days(now=lambda: NOW).today())
        return stock(day, now)

    monkeypatch.setattr(wrapping, "new_day", meanwhile)
    assert [Days(now=lambda: NOW).today()] == first


def test_a_day_that_has_no_key_is_told_by_its_name(tables):
    with pytest.raises(Unreadable, match="missing") as told:
        Days().of("2026-01-01")
    assert told.value.record == "DAY#2026-01-01"


# --- destroyed ---------------------------------------------------------------------------------------------------


def test_once_its_keys_are_destroyed_nothing_is_read_nothing_is_sealed_and_no_key_is_made_again(tables, kms):
    tokens = [seal(DOSSIER, 1), former(2)]
    assert table.destroy(DOSSIER, "2026-11-26T03:00:00.000+00:00")
    assert not table.destroy(DOSSIER, "2026-11-27T03:00:00.000+00:00"), "done again it changes nothing"
    door.ring().forget()
    kms.clear()
    acts = [*(lambda t=t: unseal(DOSSIER, t) for t in tokens), lambda: seal(DOSSIER, 3)]
    acts.append(lambda: turning.turned(DOSSIER))
    for act in acts:
        with pytest.raises(ContentErased) as told:
            act()
        assert told.value.facts == {"dossier": DOSSIER}
    assert kms == {}
    item = tables.get("Sealing", DOSSIER, "KEYS")
    assert (item["keys"], item["erased_at"]) == ([], "2026-11-26T03:00:00.000+00:00")
    assert unseal(OTHER, seal(OTHER, 1)) == 1, "another dossier's are what they were"


def test_a_dossier_that_sealed_nothing_gets_no_key_after_its_erasure(tables, kms):
    table.destroy(DOSSIER, "2026-11-26T03:00:00.000+00:00")
    with pytest.raises(ContentErased):
        seal(DOSSIER, 1)
    assert kms == {}


def test_in_another_process_a_destroyed_key_lives_no_longer_than_the_setting_says(tables, stage):
    clock = Clock()
    stage.setenv("MOTCUA_SEALING_SECONDS", "60")
    elsewhere = Ring(clock)
    elsewhere.newest(DOSSIER)
    table.destroy(DOSSIER, "2026-11-26T03:00:00.000+00:00")
    clock.now = 59.9
    assert elsewhere.newest(DOSSIER)[0] == 1
    clock.now = 60.0
    with pytest.raises(ContentErased):
        elsewhere.newest(DOSSIER)


def test_with_no_seconds_nothing_is_held(tables, stage, kms):
    stage.setenv("MOTCUA_SEALING_SECONDS", "0")
    token = seal(DOSSIER, 1)
    for _ in range(2):
        assert unseal(DOSSIER, token) == 1
    assert kms == {"GenerateDataKey": 1, "Decrypt": 2}
