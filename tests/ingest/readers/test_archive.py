from __future__ import annotations

import io
import stat
import zipfile

import pytest

from ingest.readers import Limits
from ingest.readers.archive import expand
from ontology.errors import LimitExceeded, UnreadableFile
from tests.ingest.readers.making import as_docx, as_zip


def expanded(tmp_path, content: bytes, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    path = tmp_path / "包.zip"
    path.write_bytes(content)
    return list(expand(path, limits))


def test_files_and_archives_in_archives_in_order(tmp_path) -> None:
    inner = as_zip({"乙/丙.txt": "3"})
    word = as_docx()
    content = as_zip({"甲.txt": "1", "夹/表.docx": word, "内.zip": inner, "丁.txt": "4"})
    assert expanded(tmp_path, content) == [
        ("甲.txt", b"1"),
        ("夹/表.docx", word),
        ("内.zip/乙/丙.txt", b"3"),
        ("丁.txt", b"4"),
    ]


def test_names_written_as_gbk(tmp_path) -> None:
    name = "绩效目标表.txt"
    hidden = name.encode("gbk").decode("cp437")
    content = as_zip({"x" * len(hidden): "1"}).replace(
        b"x" * len(hidden), name.encode("gbk").ljust(len(hidden))
    )
    assert expanded(tmp_path, content) == [(name, b"1")]


def test_what_systems_add_is_left_out(tmp_path) -> None:
    members = {
        "__MACOSX/a": "x",
        ".DS_Store": "x",
        "甲/Thumbs.db": "x",
        "~$表.docx": "x",
        "空/": "",
    }
    assert expanded(tmp_path, as_zip({**members, "表.txt": "1"})) == [("表.txt", b"1")]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "甲\\..\\..\\a.txt", "C:\\a.txt"])
def test_paths_that_lead_out_are_refused(name, tmp_path) -> None:
    with pytest.raises(UnreadableFile, match="包外"):
        expanded(tmp_path, as_zip({name: "1"}))


def test_links_are_refused(tmp_path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("表.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(UnreadableFile, match="包外"):
        expanded(tmp_path, buffer.getvalue())


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (as_zip({f"{n}.txt": "x" for n in range(9)}), Limits(files=8)),
        (as_zip({"a": b"x" * 600, "b": b"x" * 600}), Limits(unpacked_bytes=1000)),
        (as_zip({"a": b"\0" * (30 << 20)}), Limits()),
        (as_zip({"a.zip": as_zip({"b.zip": as_zip({"c.txt": "x"})})}), Limits(depth=2)),
        (
            as_zip({"a.zip": as_zip({"b": b"x" * 900}), "c": b"x" * 900}),
            Limits(unpacked_bytes=1800),
        ),
    ],
)
def test_limits_hold_for_all_archives_together(content, limits, tmp_path) -> None:
    with pytest.raises(LimitExceeded):
        expanded(tmp_path, content, limits)


def test_damaged_and_encrypted_archives(tmp_path) -> None:
    content = as_zip({"a.txt": "x" * 100})
    for broken in (b"PK\x03\x04", content[:-30], content.replace(b"a.txt", b"b.txt", 1)):
        with pytest.raises(UnreadableFile, match="损坏"):
            expanded(tmp_path, broken)
    encrypted = bytearray(content)
    encrypted[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="加密"):
        expanded(tmp_path, bytes(encrypted))
    with pytest.raises(UnreadableFile):
        list(expand(tmp_path / "没有.zip"))
