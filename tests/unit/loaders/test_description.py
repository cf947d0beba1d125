"""A source's description is strict: every mistake has its file and line."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders.reading import read_description

SOUND = """\
key: hobby
title: {zh: 爱好, en: hobbies}
department: 文化局
visibility: public
match: [姓名, 单位]
columns:
  姓名: {to: name, required: true}
  单位: {to: place}
  代码: {to: uscc, type: uscc}
  职务: {to: role, type: word, words: role}
ignored: [备注]
subjects:
  organization: {is: organization, uscc: uscc, name: place}
  person: {is: person, name: name, organization: organization, role: role}
emit:
  - fact: tie
    set: {person: $person, organization: $organization, role: role}
"""


def described(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "hobby"
    folder.mkdir()
    (folder / "source.yaml").write_text(text, "utf-8")
    source = read_description(folder)
    assert source.folder == folder


def test_a_sound_description_is_read(tmp_path: Path) -> None:
    described(tmp_path, SOUND)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("department:", "departmnt: x\ndepartment:", 3, "Extra inputs"),
        ("visibility: public", "visibility: secret", 4, "'public' or 'department'"),
        ("key: hobby", "key: sport", 1, "the key is 'sport', the folder 'hobby'"),
        ("[姓名, 单位]", "[姓名, 住址]", 5, "'住址' is no column"),
        ("required: true", "requird: true", 7, "Extra inputs"),
        ("{to: place}", "{to: name}", 7, "filled by several columns"),
        ("type: uscc", "type: code", 9, "Input should be"),
        ("words: role", "words: roles", 10, "no list 'roles'; lists:"),
        (", words: role", "", 10, "needs its words"),
        ("{to: place}", "{to: place, words: role}", 8, "takes no words"),
        ("[备注]", "[备注, 姓名]", 7, "'姓名' stands twice"),
        ("{to: place}", "{to: place, aliases: [姓名]}", 7, "stands twice"),
        ("uscc: uscc,", "uscc: code,", 13, "'code' is no parsed column"),
        ("organization: organization, role", "role", 14, "needs `organization` or"),
        ("organization: organization, role", "organization: firm, role", 14, "'firm'"),
        ("fact: tie", "fact: bond", 16, "Input should be"),
        ("role: role}", "rank: role}", 17, "a tie has: person"),
        ("$person,", "$people,", 17, "no subject 'people'"),
        ("role: role}", "role: post}", 17, "'post' is no parsed column"),
        ("role: role}", "role: '#record'}", 17, "no record is emitted before"),
        ("role: role}", "role: '#bond'}", 17, "no kind of fact 'bond'"),
        ("person: $person, ", "", 17, "a tie needs person"),
        ("  - fact: tie\n", "  - fact: tie\n    when: [x]\n", 17, "'x' is no parsed"),
        ("emit:", "periods:\n  - [name, end]\nemit:", 16, "'end' is no parsed"),
        ("subjects:", "derived: [place]\nsubjects:", 8, "is also derived"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in SOUND
    with pytest.raises(BadInput) as caught:
        described(tmp_path, SOUND[::-1].replace(old[::-1], new[::-1], 1)[::-1])
    assert f"hobby/source.yaml:{line} " in caught.value.message.en
    assert told in caught.value.message.en
    assert "add-a-source" in caught.value.hint.en


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("emit:", "visibility: public\nemit:", 15),
        ("文化局", "0123", 3),
        ("文化局", "no", 3),
        ("文化局", "&x 文化局", 3),
        ("title: {", "title： {", 2),
    ],
)
def test_yaml_that_others_read_otherwise_is_refused(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    with pytest.raises(BadInput, match=f"source.yaml:{line}"):
        described(tmp_path, SOUND.replace(old, new, 1))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = SOUND.replace("[姓名, 单位]", "[姓名, 住址]").replace("$person", "$people")
    with pytest.raises(BadInput) as caught:
        described(tmp_path, text)
    assert "source.yaml:5" in caught.value.message.en
    assert "source.yaml:17" in caught.value.message.en
