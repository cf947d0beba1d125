"""Keys: shown once, kept as digests, refused offline when malformed."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import keys
from api.keys import KeyExpired, KeyMalformed, KeyRefused, KeyRing, KeyRole
from graph.errors import BadInput, NotFound, UnknownTerm

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "data" / "api-keys.json")


def path_of(ring: KeyRing) -> Path:
    return ring._file.path


def test_a_new_key_opens_and_says_who_has_it(ring: KeyRing) -> None:
    record, key = ring.create("住建局", now=NOW, role="writer", regions=("2307",))
    assert ring.open(key, now=NOW) == record
    assert record.role is KeyRole.WRITER
    assert record.scope.regions == ("2307",)
    assert record.scope.departments is None
    assert key.startswith(f"cg_live_{record.id}_")
    assert [len(part) for part in key.split("_")[2:]] == [8, 43, 6]


def test_the_secret_is_nowhere_in_the_file(ring: KeyRing) -> None:
    _, key = ring.create("a", now=NOW)
    secret = key.split("_")[3]
    text = path_of(ring).read_text("utf-8")
    assert secret not in text
    assert key[-6:] not in text


def test_the_file_is_readable_by_its_owner_only(ring: KeyRing) -> None:
    ring.create("a", now=NOW)
    ring.create("b", now=NOW)
    assert stat.S_IMODE(path_of(ring).stat().st_mode) == 0o600


def test_another_process_sees_a_revocation_at_once(ring: KeyRing) -> None:
    record, key = ring.create("a", now=NOW)
    other = KeyRing(path_of(ring))
    assert other.open(key, now=NOW) == record
    ring.revoke(record.id, now=NOW)
    with pytest.raises(KeyRefused):
        other.open(key, now=NOW)


def test_revoking_twice_keeps_the_first_instant(ring: KeyRing) -> None:
    record, _ = ring.create("a", now=NOW)
    ring.revoke(record.id, now=NOW)
    assert ring.revoke(record.id, now=NOW + timedelta(1)).revoked == NOW


def test_revoking_nobody_is_an_error(ring: KeyRing) -> None:
    with pytest.raises(NotFound):
        ring.revoke("nobody00", now=NOW)


def test_a_key_expires_on_the_instant(ring: KeyRing) -> None:
    _, key = ring.create("a", now=NOW, lifetime=timedelta(hours=1))
    ring.open(key, now=NOW + timedelta(minutes=59))
    with pytest.raises(KeyExpired):
        ring.open(key, now=NOW + timedelta(hours=1))


@pytest.mark.parametrize("lifetime", [timedelta(), timedelta(days=366)])
def test_no_key_lasts_longer_than_a_year_or_no_time(
    ring: KeyRing, lifetime: timedelta
) -> None:
    with pytest.raises(BadInput):
        ring.create("a", now=NOW, lifetime=lifetime)


def test_a_key_needs_a_name_and_a_role_that_exists(ring: KeyRing) -> None:
    with pytest.raises(BadInput):
        ring.create("  ", now=NOW)
    with pytest.raises(UnknownTerm):
        ring.create("a", now=NOW, role="king")


def test_a_record_survives_the_file(ring: KeyRing) -> None:
    made, _ = ring.create(
        "a",
        now=NOW,
        departments=("market",),
        sectors=("C",),
        regions=("23",),
        personal_data=True,
    )
    assert KeyRing(path_of(ring)).records() == [made]


def test_the_secret_of_another_key_does_not_open(ring: KeyRing) -> None:
    one, first = ring.create("a", now=NOW)
    _, second = ring.create("b", now=NOW)
    mixed = f"cg_live_{one.id}_{second.split('_')[3]}"
    assert first != mixed
    with pytest.raises(KeyRefused) as caught:
        ring.open(f"{mixed}_{keys._checksum(mixed)}", now=NOW)
    assert type(caught.value) is KeyRefused


def test_unknown_and_revoked_are_told_in_the_same_words(ring: KeyRing) -> None:
    record, key = ring.create("a", now=NOW)
    ring.revoke(record.id, now=NOW)
    invented = "cg_live_" + "0" * 8 + "_" + "0" * 43
    texts = set()
    for wrong in (key, f"{invented}_{keys._checksum(invented)}"):
        with pytest.raises(KeyRefused) as caught:
            ring.open(wrong, now=NOW)
        texts.add(str(caught.value))
    assert len(texts) == 1


def test_a_damaged_file_is_named_not_ignored(ring: KeyRing) -> None:
    ring.create("a", now=NOW)
    path_of(ring).write_text("{", "utf-8")
    with pytest.raises(BadInput, match=r"api-keys\.json"):
        KeyRing(path_of(ring)).records()


def test_the_file_says_its_format(ring: KeyRing) -> None:
    ring.create("a", now=NOW)
    assert json.loads(path_of(ring).read_text("utf-8"))["format"] == 1


class Unreadable(KeyRing):
    """A ring whose records must not be looked up."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))

    def _current(self) -> dict[str, keys.KeyRecord]:
        raise AssertionError("a malformed key was looked up")


@given(
    st.one_of(
        st.text(max_size=90),
        st.from_regex(
            r"\Acg_[a-z]{2,8}_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}\Z"
        ).filter(lambda k: keys._checksum(k[:-7]) != k[-6:]),
    )
)
def test_malformed_keys_never_reach_the_records(text: str) -> None:
    with pytest.raises(KeyMalformed):
        Unreadable().open(text, now=NOW)


@given(st.integers(0, 71), st.characters(codec="ascii"))
def test_one_wrong_sign_makes_a_key_malformed(place: int, sign: str) -> None:
    text = "cg_live_" + "A" * 8 + "_" + "B" * 43
    key = f"{text}_{keys._checksum(text)}"
    place %= len(key)
    wrong = key[:place] + sign + key[place + 1 :]
    if wrong != key:
        with pytest.raises(KeyMalformed):
            Unreadable().open(wrong, now=NOW)
