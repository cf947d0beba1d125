"""The shipped book, and copies of its folder that a test may spoil.

A test that needs a broken file takes `folder`, edits one place and looks at the
faults; no broken law files are kept in the repository.
"""

import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from graph.law.book import LawBook
from graph.law.shelves import SHELVES

Edit = Callable[[str, str, str], int]


@pytest.fixture(scope="session")
def book() -> LawBook:
    return LawBook.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped law files, and of nothing else."""
    root = tmp_path / "law"
    root.mkdir()
    with as_file(files("graph.law")) as shipped:
        for shelf in SHELVES:
            source, target = shipped / shelf.place, root / shelf.place
            if shelf.is_folder:
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)
    return root


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace the first occurrence of a text; returns the line where it begins."""

    def replace(file: str, old: str, new: str) -> int:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not contain {old!r}"
        at = text.index(old)
        path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")
        return text.count("\n", 0, at) + 1

    return replace
