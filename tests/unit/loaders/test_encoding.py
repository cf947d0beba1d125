"""Which encoding a file has, and exactly where it breaks."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders import encoding
from loaders.encoding import find_encoding, utf8_blocks

TEXT = "企业名称,代码\n伊春示例公司,1\n"


def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030"])
def test_each_encoding_is_found(tmp_path: Path, name: str) -> None:
    path = file(tmp_path, TEXT.encode(name))
    assert find_encoding(path) == name
    assert b"".join(utf8_blocks(path, name)).decode() == TEXT


def test_plain_ascii_is_utf8(tmp_path: Path) -> None:
    assert find_encoding(file(tmp_path, b"a,b\n1,2\n")) == "utf-8"


def test_ascii_headings_may_stand_over_gb18030_rows(tmp_path: Path) -> None:
    data = b"name\n" + "伊春".encode("gb18030")
    assert find_encoding(file(tmp_path, data)) == "gb18030"


def test_characters_outside_gbk_are_read(tmp_path: Path) -> None:
    path = file(tmp_path, "姓名\n𠮷野㐂\n".encode("gb18030"))
    assert find_encoding(path) == "gb18030"
    assert "𠮷野㐂" in b"".join(utf8_blocks(path, "gb18030")).decode()


def test_a_broken_byte_in_utf8_is_named_and_not_taken_for_gb18030(
    tmp_path: Path,
) -> None:
    good = TEXT.encode()
    with pytest.raises(BadInput) as caught:
        find_encoding(file(tmp_path, good + b"\xe4\xbc,2\n"))
    assert f"UTF-8 fails at byte {len(good)} (line 3)" in caught.value.message.en


def test_byte_and_line_are_right_beyond_the_first_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "BLOCK", 7)
    good = ("企业\n" * 10).encode()
    with pytest.raises(BadInput, match=rf"byte {len(good) + 3} \(line 11\)"):
        find_encoding(file(tmp_path, good + "名".encode() + b"\xff\n"), "utf-8")


def test_what_is_neither_is_refused_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"UTF-8 fails at byte 2 .*GB18030 fails at"):
        find_encoding(file(tmp_path, b"a\n\xff\xff\n"))


def test_utf16_is_known_by_its_mark(tmp_path: Path) -> None:
    path = file(tmp_path, TEXT.encode("utf-16"))
    assert find_encoding(path) == "utf-16"
    assert b"".join(utf8_blocks(path, "utf-16", 3)).decode() == TEXT


def test_a_mark_before_declared_utf8_is_no_text(tmp_path: Path) -> None:
    assert find_encoding(file(tmp_path, TEXT.encode("utf-8-sig")), "UTF-8") == (
        "utf-8-sig"
    )


def test_big5_is_read_where_it_is_declared(tmp_path: Path) -> None:
    path = file(tmp_path, "企業名稱\n".encode("big5"))
    assert find_encoding(path, "Big5") == "big5"
    assert b"".join(utf8_blocks(path, "big5")).decode() == "企業名稱\n"


@pytest.mark.parametrize("name", ["klingon", "zlib", "rot13", "base64", "idna"])
def test_a_codec_that_is_no_encoding_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="no encoding"):
        find_encoding(file(tmp_path, b"a"), name)


@pytest.mark.parametrize("declared", ["GBK", "gb2312", "gb18030"])
def test_older_names_of_gb18030_may_be_declared(tmp_path: Path, declared: str) -> None:
    path = file(tmp_path, TEXT.encode("gb18030"))
    assert find_encoding(path, declared) == "gb18030"


def test_a_declared_encoding_is_kept_to(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="UTF-8 fails at byte 0"):
        find_encoding(file(tmp_path, TEXT.encode("gb18030")), "utf-8")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030"])
def test_blocks_of_any_size_give_the_same_text(
    tmp_path: Path, name: str, size: int
) -> None:
    path = file(tmp_path, TEXT.encode(name))
    if name == "utf-8-sig" and size < 3:
        return  # a mark is never cut: blocks are megabytes
    assert b"".join(utf8_blocks(path, name, size)).decode() == TEXT
