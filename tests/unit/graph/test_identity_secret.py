"""The secret's file: made once, kept to its owner, never quoted."""

import os
import traceback
from pathlib import Path

import pytest

from graph.identity import (
    PersonSecretError,
    SecretDamaged,
    SecretExposed,
    SecretMissing,
    load_or_create_secret,
)


def test_a_secret_is_made_once_and_then_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    made = load_or_create_secret(path, create=True)
    assert len(made) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create_secret(path, create=True) == made
    assert load_or_create_secret(path, create=False) == made
    assert [p.name for p in path.parent.iterdir()] == ["secret.key"]


def test_a_missing_secret_is_not_replaced_for_a_store_in_use(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    with pytest.raises(SecretMissing, match=r"secret\.key") as caught:
        load_or_create_secret(path, create=False)
    assert "backup" in caught.value.hint.en
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o620, 0o601])
def test_a_secret_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secret.key"
    load_or_create_secret(path, create=True)
    path.chmod(mode)
    with pytest.raises(SecretExposed, match=f"{mode:04o}") as caught:
        load_or_create_secret(path, create=False)
    assert "chmod 600" in caught.value.hint.en


def test_a_secret_that_the_group_may_read_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    made = load_or_create_secret(path, create=True)
    path.chmod(0o640)
    assert load_or_create_secret(path, create=False) == made


@pytest.mark.parametrize("content", ["", "canary-not-hex", "ab" * 31, "密"])
def test_a_damaged_secret_is_refused_and_not_quoted(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "secret.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(SecretDamaged) as caught:
        load_or_create_secret(path, create=True)
    assert "canary" not in "".join(traceback.format_exception(caught.value))
    assert path.read_text(encoding="utf-8") == content


def test_whoever_comes_second_takes_the_secret_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.key"
    first = load_or_create_secret(path, create=True)
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert load_or_create_secret(path, create=True) == first


def test_a_folder_in_place_of_the_secret_is_named(tmp_path: Path) -> None:
    with pytest.raises(PersonSecretError, match=os.fspath(tmp_path)):
        load_or_create_secret(tmp_path, create=False)
