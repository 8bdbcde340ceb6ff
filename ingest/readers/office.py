"""Formats that only an office program reads (旧版 Word、WPS 文字): LibreOffice converts them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ingest.grid import Source
from ingest.readers import Limits, docx, xlsx
from ingest.readers.formats import format_of
from ontology.errors import LimitExceeded, UnreadableFile, Where

_HOW_TO = {
    "doc": "旧版 Word/WPS 文件（.doc/.wps/.rtf）：请在 Word 或 WPS 中另存为 .docx 后再导入。",
    "sheet": "这种表格文件不能直接读取：请在 Excel 或 WPS 中另存为 .xlsx 后再导入。",
}
# No macros run, and nothing that the document refers to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read(content: bytes, name: str, limits: Limits) -> Source:
    """Convert to Word or Excel and read that; places count in the converted file.

    Raises:
        UnreadableFile: no LibreOffice here, or it cannot open the file either.
        LimitExceeded: the conversion takes longer than the limits allow.
    """
    kind = format_of(content, name)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        message = f"{_HOW_TO[kind]}安装 LibreOffice 后可自动转换。"
        raise UnreadableFile(message, code="unreadable-doc", where=Where(name))
    target = "xlsx" if kind == "sheet" else "docx"
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        converted = _convert(program, content, Path(folder), target, limits.seconds)
    if converted is None:
        raise UnreadableFile(_HOW_TO[kind], code="unreadable-doc", where=Where(name))
    if not converted:
        raise LimitExceeded(
            f"转换超过 {limits.seconds} 秒，未读取。{_HOW_TO[kind]}", where=Where(name)
        )
    reader = xlsx.read if target == "xlsx" else docx.read
    return reader(converted, name, limits)


def _convert(program: str, content: bytes, folder: Path, target: str, seconds: int) -> bytes | None:
    """The converted file; nothing if it cannot be converted, empty if that takes too long."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (folder / "document").write_bytes(content)
    process = subprocess.Popen(  # noqa: S603 a fixed program, and no name of the user's
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--convert-to", target),
            *("--outdir", str(folder / "out"), str(folder / "document")),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return b""
    result = folder / "out" / f"document.{target}"
    return result.read_bytes() if result.is_file() else None
