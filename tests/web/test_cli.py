"""The command line as people and scripts call it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from ontology.model import Extraction
from web.cli import _COMMANDS, main
from web.settings import SETTINGS

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = min(SEEDS.glob("*.txt"))


@pytest.fixture
def jixiao(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*words, given=None, code=0):
        result = CliRunner().invoke(main, [str(word) for word in words], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def own(data, tmp_path):
    """A copy of the data directory that a test may change."""
    folder = tmp_path / "own"
    shutil.copytree(data, folder)
    return folder


def test_help_lists_every_command(jixiao):
    shown = jixiao("--help").stdout
    assert all(name in shown for name in _COMMANDS)
    for name in _COMMANDS:
        assert "Usage" in jixiao(name, "--help").stdout


def test_help_and_extract_start_without_the_index():
    script = (
        "import sys; from web.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "slow = {'faiss', 'flask', 'apiflask', 'pyoxigraph', 'bm25s', 'rdflib'} & set(sys.modules)\n"
        "print(sorted(slow), file=sys.stderr)\n"
    )
    for words in (["--help"], ["extract", str(SEED)], ["cite", os.devnull]):
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            cwd=SEEDS.parent, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
        slow = done.stderr.strip().splitlines()[-1]
        assert slow in ("[]", "['rdflib']") if words[0] == "extract" else slow == "[]"


def test_extract_prints_the_record_and_nothing_else(jixiao):
    record = json.loads(jixiao("extract", SEED).stdout)
    assert record["source"] == SEED.name
    assert Extraction.from_dict(record).projects
    jixiao("extract", "nowhere.txt", code=2)


def test_extract_says_why_a_file_cannot_be_read(jixiao, tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert "jixiao:" in jixiao("extract", broken, code=1).stderr


def test_cite_answers_line_by_line(jixiao):
    given = "根据《就业促进法》第十五条和皖人社发〔2021〕16号\n\n没有引用\n"
    lines = [json.loads(line) for line in jixiao("cite", given=given).stdout.splitlines()]
    assert len(lines) == 3
    assert {"title", "doc_no", "article", "as_written"} == set(lines[0]["citations"][0])
    assert lines[1] == lines[2] == {"citations": []}


def test_cite_reads_what_a_chinese_windows_writes(jixiao):
    given = "皖人社发〔2021〕16号\r\n".encode("gb18030")
    found = json.loads(jixiao("cite", "-", given=given).stdout)
    assert found["citations"][0]["doc_no"] == "皖人社发〔2021〕16号"


def test_ingest_sets_bad_files_aside_and_goes_on(jixiao, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(SEED, folder / "good.txt")
    (folder / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    done = jixiao("ingest", folder, "nowhere.txt", "--data", tmp_path / "d", "--json", code=1)
    report = json.loads(done.stdout)
    assert report["documents"] == 1
    assert {each["source"] for each in report["set_aside"]} == {"bad.docx", "nowhere.txt"}
    assert all(each["message"] and each["code"] for each in report["set_aside"])
    again = json.loads(
        jixiao("ingest", folder / "good.txt", "--data", tmp_path / "d", "--json").stdout
    )
    assert (again["documents"], again["unchanged"]) == (0, 1)


def test_a_changed_file_replaces_its_own_document(jixiao, tmp_path):
    file = tmp_path / "a.txt"
    text = SEED.read_text("utf-8")
    file.write_text(text, "utf-8")
    jixiao("ingest", file)
    before = json.loads(jixiao("stats", "--json").stdout)
    file.write_text(text + "\n附注\n", "utf-8")
    assert "读入 1 份文件" in jixiao("ingest", file).stdout
    after = json.loads(jixiao("stats", "--json").stdout)
    assert (after["documents"], after["indicators"]) == (1, before["indicators"])
    assert after["version"] != before["version"]


def test_workers_read_the_same(jixiao, tmp_path):
    jixiao("ingest", SEEDS, "--workers", 2, "--data", tmp_path / "d")
    found = json.loads(jixiao("stats", "--json", "--data", tmp_path / "d").stdout)
    assert (found["documents"], found["projects"], found["indicators"]) == (5, 80, 854)


def test_search_with_all_options(jixiao, data):
    found = json.loads(
        jixiao(
            "--data", data, "search", "培训", "-k", 3, "--level2", "质量指标", "--region", "安徽省",
            "--not-region", "341825", "--year", 2024, "--mode", "lexical", "--json",
        ).stdout
    )  # fmt: skip
    assert 0 < len(found["results"]) <= 3
    for hit in found["results"]:
        assert hit["level2"] == "质量指标"
        assert hit["region_code"].startswith("34")
        assert hit["region_code"] != "341825"
    assert "培训" in jixiao("--data", data, "search", "培训").stdout
    jixiao("--data", data, "search", "x", "--mode", "magic", code=2)
    jixiao("--data", data, "search", "长" * 501, code=2)


def test_query_in_every_format(jixiao, data):
    select = "SELECT ?s { ?s a <https://w3id.org/jixiao/ns#Document> }"
    rows = json.loads(jixiao("query", "--data", data, select).stdout)["results"]["bindings"]
    assert len(rows) == 5
    csv = jixiao("query", "--data", data, "-f", "csv", "-", given=select).stdout
    assert len(csv.split()) == 6
    assert (
        "<"
        in jixiao(
            "query", "--data", data, "-f", "turtle", f"DESCRIBE <{rows[0]['s']['value']}>"
        ).stdout
    )
    jixiao("query", "--data", data, "-f", "turtle", select, code=2)
    jixiao("query", "--data", data, "SELECT", code=2)
    jixiao("query", "--data", data, "CLEAR ALL", code=2)


def test_embed_gives_one_vector_per_line(jixiao):
    lines = jixiao("embed", given="培训合格率\n\n满意度\n").stdout.splitlines()
    vectors = [json.loads(line) for line in lines]
    assert len(vectors) == 3
    assert len({len(each) for each in vectors}) == 1


def test_export_keeps_every_row(jixiao, data, tmp_path):
    csv = jixiao("export", "--data", data, "-f", "csv").stdout
    assert len(csv.strip().splitlines()) >= 855
    assert " <https://w3id.org/jixiao/" in jixiao("export", "--data", data).stdout
    file = tmp_path / "rows.xlsx"
    jixiao("export", "--data", data, "-f", "xlsx", "-o", file)
    sheet = load_workbook(file).active
    assert sheet.max_row == 855
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_validate_reports(jixiao, data):
    report = json.loads(jixiao("validate", "--data", data, "--json").stdout)
    assert report["documents"] == 5


def test_withdraw_backup_and_restore(jixiao, own, tmp_path):
    jixiao("backup", "--data", own, tmp_path / "copy")
    jixiao("backup", "--data", own, tmp_path / "copy", code=1)
    jixiao("withdraw", "--data", own, SEED.name)
    jixiao("withdraw", "--data", own, SEED.name, code=1)
    assert json.loads(jixiao("stats", "--data", own, "--json").stdout)["documents"] == 4
    jixiao("restore", "--data", own, tmp_path / "copy", code=1)
    jixiao("restore", "--data", own, tmp_path / "copy", "--replace")
    assert json.loads(jixiao("stats", "--data", own, "--json").stdout)["documents"] == 5
    jixiao("reindex", "--data", own)
    assert json.loads(jixiao("stats", "--data", own, "--json").stdout)["documents"] == 5


def test_evaluate_prints_figures(jixiao, data, tmp_path):
    judged = tmp_path / "judged.jsonl"
    judged.write_text('{"query": "服务对象满意度", "relevant": {"服务对象满意度": 1}}\n', "utf-8")
    figures = json.loads(jixiao("evaluate", "--data", data, judged, "--json").stdout)
    assert figures["ndcg10"] > 0.9


def test_config_tells_origins(jixiao, monkeypatch):
    monkeypatch.setenv("JIXIAO_PORT", "9000")
    shown = {each["name"]: each for each in json.loads(jixiao("config", "--json").stdout)}
    assert set(shown) == {each.name for each in SETTINGS}
    assert shown["port"]["value"] == 9000
    assert shown["port"]["origin"] == "环境变量 JIXIAO_PORT"
    monkeypatch.setenv("JIXIAO_PORT", "many")
    jixiao("config", code=2)


def test_doctor_says_what_is_missing(jixiao):
    checks = json.loads(jixiao("doctor", "--json").stdout)
    assert all(each["ok"] or each["remedy"] for each in checks)


def test_without_data_the_commands_say_what_to_do(jixiao, tmp_path):
    for words in (["search", "x"], ["stats"], ["serve"]):
        assert "jixiao ingest" in jixiao(*words, "--data", tmp_path / "none", code=1).stderr


def test_serve_answers_and_says_where(data):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-c", "from web.cli import main; main()"]
    server = subprocess.Popen(
        [*words, "serve", "--data", str(data), "--port", str(port)],
        cwd=SEEDS.parent, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert f"http://127.0.0.1:{port}" in server.stderr.readline()
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").json()["status"] == "ready"
        found = httpx.get(f"http://127.0.0.1:{port}/sparql", params={"query": "ASK {}"}).json()
        assert found["boolean"] is True
        taken = subprocess.run(
            [*words, "serve", "--data", str(data), "--port", str(port)],
            cwd=SEEDS.parent, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert taken.returncode == 2
        assert "已被别的程序占用" in taken.stderr
    finally:
        server.terminate()
        started = time.monotonic()
        server.communicate(timeout=20)
        assert time.monotonic() - started < 15
