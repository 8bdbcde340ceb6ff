from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.resources import files

import pytest

from ontology.errors import NotFound, StoreError
from ontology.model import Extraction, Place
from search import publishing
from search.answers import Query
from search.engine import Engine
from search.library import Library, sha256
from search.store.graph import Request


def test_nothing_is_published_twice(filled, encoder):
    first = filled.publish(encoder)
    assert (first.documents, first.projects, first.indicators, first.bases) == (3, 3, 10, 1)
    assert filled.publish(encoder) is None
    assert filled.publish(encoder, force=True).fingerprint == first.fingerprint


def test_a_new_vocabulary_is_published(filled, encoder, monkeypatch, tmp_path):
    filled.publish(encoder)
    changed = tmp_path / "ontology"
    shutil.copytree(str(files("ontology")), changed)
    with (changed / "jixiao.ttl").open("a", encoding="utf-8") as file:
        file.write("# a word more\n")
    monkeypatch.setattr(publishing, "files", lambda _: changed)
    assert filled.publish(encoder)


def test_the_same_bytes_are_held_under_any_name(filled, make):
    content = b"bytes"
    filled.put("旌德县.txt", content, make("旌德县"))
    assert filled.holds("旌德县.txt", sha256(content))
    assert filled.holds("副本.txt", sha256(content))
    assert not filled.holds("大城县.txt", sha256(content))
    assert not filled.holds("旌德县.txt", sha256(b"others"))


def test_putting_the_same_again_changes_nothing(filled, encoder, make):
    filled.put("旌德县.txt", b"same", make("旌德县"))
    assert filled.publish(encoder)
    filled.put("旌德县.txt", b"same", make("旌德县"))
    assert filled.publish(encoder) is None


def test_a_changed_file_replaces_its_own_document_only(filled, encoder, make, indicator):
    filled.publish(encoder)
    filled.put("旌德县.txt", b"new", make("旌德县", (indicator("新的指标", "1个"),)))
    assert filled.publish(encoder).indicators == 7
    engine = Engine(filled, encoder)
    assert engine.search(Query("新的指标")).hits[0].name == "新的指标"
    assert {each.source for each in engine.documents()} == {
        "旌德县.txt",
        "大城县.txt",
        "抚宁区.txt",
    }


def test_withdrawing_takes_everything_out(filled, encoder):
    filled.publish(encoder)
    engine = Engine(filled, encoder)
    key = engine.documents()[0].key
    source = engine.documents()[0].source
    assert filled.withdraw(source)
    assert not filled.withdraw(source)
    assert engine.extraction(key).source == source  # the published version still has it
    filled.publish(encoder)
    assert engine.refresh()
    with pytest.raises(NotFound):
        engine.extraction(key)
    graph = f"https://w3id.org/jixiao/id/document/{key}"
    assert engine.select("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } }", g=graph) == []


def test_files_of_one_name_in_two_folders_are_two_documents(filled, encoder, make):
    extraction = make("旌德县")
    keys = {filled.put(f"{folder}/旌德县.txt", b"text", extraction) for folder in ("甲", "乙")}
    assert len(keys) == 2
    assert filled.publish(encoder).documents == 5


def test_what_is_served_stays_when_the_clock_goes_back(filled, encoder, make):
    for year in ("2999", "3000"):
        (filled.publish(encoder, force=True)).path.rename(
            filled.path / "versions" / f"{year}0101T000000000000-later"
        )
        (filled.path / "current").write_text(f"{year}0101T000000000000-later")
    filled.put("旌德县.txt", b"new", make("旌德县"))
    served = filled.publish(encoder)
    assert served.path.is_dir()
    assert filled.current() == served


def test_a_reader_of_a_replaced_version_is_still_answered(filled, encoder):
    filled.publish(encoder)
    engine = Engine(filled, encoder)
    before = engine._opened.workers
    filled.publish(encoder, force=True)
    assert engine.refresh()
    answer = before.query(Request("ASK { ?s ?p ?o }", ("text/csv",)))
    assert answer.content.strip() == b"true"
    engine.close()


def test_versions_and_bytes_that_nobody_needs_go(filled, encoder, make):
    for number in range(4):
        filled.put("旌德县.txt", b"%d" % number, make("旌德县"))
        filled.publish(encoder)
    assert len(list((filled.path / "versions").iterdir())) == 2
    held = {each.sha256 for each in filled.entries()}
    kept = {each.name for each in (filled.path / "files").iterdir()}
    assert kept == held | {sha256(b"2")}
    assert len(list((filled.path / "records").iterdir())) == 3


@pytest.mark.parametrize("step", ["graph", "index", "manifest", "current"])
def test_a_crash_leaves_the_old_version(filled, encoder, make, monkeypatch, step):
    before = filled.publish(encoder)
    filled.put("旌德县.txt", b"new", make("旌德县", ()))

    class Crash(BaseException):
        pass

    def crash(*_args, **_kwargs):
        raise Crash

    with monkeypatch.context() as broken:
        if step == "graph":
            broken.setattr(publishing.graph, "build", crash)
        elif step == "index":
            broken.setattr(publishing.index, "build", crash)
        elif step == "manifest":
            broken.setattr(publishing, "replace_json", crash)
        else:
            broken.setattr(publishing, "replace_bytes", crash)
        with pytest.raises(Crash):
            filled.publish(encoder)
    filled.close()
    reopened = Library.open(filled.path, create=False)
    assert reopened.current() == before
    engine = Engine(reopened, encoder)
    assert engine.search(Query("")).total == 8
    with reopened:
        assert reopened.publish(encoder).indicators == 6
    assert engine.refresh()
    assert engine.search(Query("培训人数", mode="lexical")).hits[0].name != "培训人数"


def test_a_second_writer_is_told_so_and_the_lock_dies_with_its_process(tmp_path):
    program = (
        "import sys; from search.library import Library; from ontology.model import Extraction\n"
        f"library = Library.open({str(tmp_path)!r}); library.set_aside('a', 'b', 'c')\n"
        "print('locked', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout.readline() == b"locked\n"
        with Library.open(tmp_path) as library:
            with pytest.raises(StoreError, match="另一个程序") as error:
                library.put("a.txt", b"a", Extraction("a.txt"))
            assert error.value.code == "locked"
            other.kill()
            other.wait()
            library.put("a.txt", b"a", Extraction("a.txt"))
            assert [each.source for each in library.aside()] == ["a"]
    finally:
        other.kill()
        other.wait()
        other.stdin.close()
        other.stdout.close()


def test_a_file_set_aside_is_forgotten_when_it_can_be_read(filled, make):
    filled.set_aside("坏文件.pdf", "unreadable", "加密的文件")
    filled.set_aside("旌德县.txt", "unreadable", "空文件")
    assert [each.message for each in filled.aside()] == ["加密的文件", "空文件"]
    filled.put("旌德县.txt", b"x", make("旌德县"))
    assert [each.source for each in filled.aside()] == ["坏文件.pdf"]


def test_a_reader_sees_what_the_writer_set_aside(filled):
    reader = Library.open(filled.path)
    filled.set_aside("坏文件.pdf", "unreadable", "加密的文件")
    assert [each.source for each in reader.aside()] == ["坏文件.pdf"]


def test_a_missing_library_is_told_so(tmp_path):
    with pytest.raises(StoreError, match="jixiao ingest"):
        Library.open(tmp_path / "none", create=False)


def test_persons_in_printed_lines_are_not_kept(filled, encoder, make):
    lines = (Place(line=1, text="联系人：张三丰 13912345678"),)
    key = filled.put("旌德县.txt", b"x", make("旌德县"), lines)
    filled.publish(encoder)
    (line,) = Engine(filled, encoder).lines(key)
    assert "张三丰" not in line.text
    assert "139" not in line.text
