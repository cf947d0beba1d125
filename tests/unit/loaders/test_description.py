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
    folder.mkdir(parents=True)
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


FEED = """\
mode: change_feed
operation: operation
"""
WORDS = "words: {新增: add, 撤销: withdraw}"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("mode: replace", "'append', 'change_feed' or 'full'"),
        ("mode: full", "`dropped` goes with `mode: full`"),
        ("dropped: end", "`dropped` goes with `mode: full`"),
        ("operation: role", "`operation` goes with `mode: change_feed`"),
        ("mode: change_feed", "`operation` goes with"),
        ("mode: change_feed\noperation: role", "required column of type word"),
        ("replaces_within: [role]", "`replaces_within` goes with `mode: full`"),
        (
            "mode: full\ndropped: end\nreplaces_within: [region]",
            "the tie of a row has no value of 'region'",
        ),
        ("mode: full\ndropped: end\ndrop_reason: repair", "where sanctions end"),
        ("expect: {fill: {住址: 50%}}", "'住址' is no column"),
        ("expect: {fill: {姓名: 95}}", "should be a share such as 95%"),
        ("expect: {fill: {姓名: 101%}}", "less than or equal to 1"),
        ("expect: {fall: -10%}", "should be a share such as 95%"),
        ("expect: {columns: 3}", "Extra inputs"),
    ],
)
def test_a_mode_that_does_not_go_together(tmp_path: Path, more: str, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        described(tmp_path, f"{SOUND}{more}\n")
    assert told in caught.value.message.en


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (f"type: word, required: true, {WORDS}", None),
        (f"type: word, {WORDS}", "must be a required column"),
        ("type: word, required: true, words: role", "must be a required column"),
        (
            "type: word, required: true, words: {删除: delete}",
            "no operation delete; operations: add, replace, withdraw",
        ),
    ],
)
def test_the_words_of_a_change_feed(
    tmp_path: Path, column: str, told: str | None
) -> None:
    text = SOUND.replace("ignored:", f"  操作: {{to: operation, {column}}}\nignored:")
    if told is None:
        described(tmp_path, text + FEED)
        return
    with pytest.raises(BadInput) as caught:
        described(tmp_path, text + FEED)
    assert told in caught.value.message.en


def test_a_reason_is_needed_where_sanctions_end(tmp_path: Path) -> None:
    text = SOUND.replace(
        "  - fact: tie\n    set: {person: $person, organization: $organization, role: role}",
        "  - fact: sanction\n    set: {authority: place, document_number: name, "
        "list: name, subject: $organization}",
    )
    full = f"{text}mode: full\ndropped: end\n"
    for more, told in (("", "sanctions end by being"), ("drop_reason: gone\n", "are:")):
        with pytest.raises(BadInput) as caught:
            described(tmp_path / (more[:4] or "none"), full + more)
        assert told in caught.value.message.en
    described(tmp_path / "sound", f"{full}drop_reason: list_exit\n")
