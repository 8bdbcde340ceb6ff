"""Training the default encoder, and the encoder that is shipped."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from ontology.errors import InputError, UnreadableFile
from ontology.measures import bare, find, measures
from search.encoders import create, static
from search.encoders.training import Recipe, spectrum, train
from search.encoders.training.fold import build_tokenizer, composition
from search.encoders.training.text import Segmented, normalise, segment, segmenter, sentences

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "search" / "encoders" / "default"
JUDGED = ROOT / "bench" / "judged"
THESAURUS = tuple(measures().values())

SMALL = Recipe(vocabulary=3000, rank=48, dimensions=24)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """The printed lines of the seeds, plain and compressed: small, but real text."""
    folder = tmp_path_factory.mktemp("text")
    lines = [
        line
        for file in sorted((ROOT / "seeds").glob("*.txt"))
        for line in file.read_text("utf-8").splitlines()
    ]
    (folder / "plain.txt").write_text("\n".join(lines[::2]), "utf-8")
    with lzma.open(folder / "packed.txt.xz", "wt", encoding="utf-8") as stream:
        stream.write("\n".join(lines[1::2]))
    return [folder / "plain.txt", folder / "packed.txt.xz"]


@pytest.fixture(scope="module")
def trained(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    steps = Counter()
    report = train(corpus, THESAURUS, folder, lambda step, *_: steps.update([step]), SMALL)
    return folder, report, steps


def test_the_same_input_gives_the_same_bytes(corpus, trained, tmp_path):
    folder, report, _ = trained
    again = train(corpus, THESAURUS, tmp_path, recipe=SMALL)
    assert again == report
    for name in report.files:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_another_seed_gives_other_vectors(corpus, trained, tmp_path):
    other = train(corpus, THESAURUS, tmp_path, recipe=Recipe(3000, 48, 24, seed=8))
    assert other.files["model.safetensors"] != trained[1].files["model.safetensors"]
    assert other.files["modules.json"] == trained[1].files["modules.json"]


def test_the_report_says_what_was_read_and_written(corpus, trained):
    folder, report, steps = trained
    assert report.texts == {file.name: sha256(file.read_bytes()).hexdigest() for file in corpus}
    assert report.size == sum(file.stat().st_size for file in folder.iterdir())
    assert static.load(folder).dimension == report.dimensions == 24
    rules = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    assert len(rules["model"]["vocab"]) == report.vocabulary + 1 <= 3001
    assert report.names == sum(len(each.labels) for each in THESAURUS)
    assert {"count", "decompose", "tune"} <= steps.keys()


def test_names_of_one_measure_are_nearer_than_names_of_others(trained):
    encoder = static.load(trained[0])
    first = encoder.encode([each.label for each in THESAURUS])
    second = encoder.encode([each.alt[0] for each in THESAURUS])
    alike = first @ second.T
    own = np.diag(alike)
    assert np.median((alike < own[:, None]).mean(axis=1)) > 0.97


@pytest.mark.parametrize(
    ("name", "content"), [("gbk.txt", "城乡居民养老保险".encode("gbk")), ("bad.xz", b"no xz")]
)
def test_unreadable_text_is_named(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=name):
        list(sentences([file]))


def test_missing_text_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match="none"):
        list(sentences([tmp_path / "none.txt"]))


def test_too_little_text_is_refused(tmp_path):
    file = tmp_path / "short.txt"
    file.write_text("城乡居民养老保险参保人数\n" * 5, "utf-8")
    with pytest.raises(InputError, match="太短"):
        train([file], THESAURUS, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_tokenizer_reads_what_training_read():
    text = "ＳＹＢ培训≥100人次（含“三支一扶”）"
    tokens = ("三", "支", "一", "扶", "三支一扶", "培训", "人次", "含", "syb")
    tokenizer = build_tokenizer(tokens, np.array([9, 9, 9, 9, 5, 5, 5, 9, 5]))
    assert tokenizer.encode(text).tokens == ["syb", "培训", "人次", "含", "三支一扶"]
    assert normalise(text).split() == ["syb培训", "人次", "含", "三支一扶"]


def test_words_are_split_sometimes_and_rare_ones_left_out():
    texts = ["社会保险补贴发放"] * 400 + ["饕餮"]
    found = segment(texts, segmenter(["社会保险"]), seed=1)
    counts = Counter(found.tokens[n] for n in found.ids)
    assert counts["社会保险"] == pytest.approx(280, abs=40)
    assert counts["社"] == pytest.approx(60, abs=25)
    assert "社会" in counts
    assert not {"饕餮", "饕"} & counts.keys()
    assert found.counts[found.tokens.index("社会保险")] == 400


def small_text(*rows):
    ids = np.array([token for row in rows for token in row], np.int32)
    starts = np.cumsum([0, *(len(row) for row in rows)])
    size = int(ids.max()) + 1
    return Segmented(tuple("abcdefgh"[:size]), np.ones(size, int), ids, starts)


def test_windows_weigh_by_distance_and_stop_at_the_sentence(monkeypatch):
    monkeypatch.setattr(spectrum, "_SUBSAMPLING", 1e9)
    counts = spectrum.cooccurrence(small_text([0, 1, 2], [3, 0]), 4, seed=1).toarray()
    expected = np.zeros((4, 4))
    expected[0, 1] = expected[1, 2] = expected[0, 3] = 1.0
    expected[0, 2] = 0.8
    np.testing.assert_allclose(counts, expected + expected.T)


def test_counting_in_chunks_changes_nothing(monkeypatch):
    monkeypatch.setattr(spectrum, "_SUBSAMPLING", 1e9)
    rows = np.random.default_rng(4).integers(0, 8, (6, 9)).tolist()
    whole = spectrum.cooccurrence(small_text(*rows), 8, seed=1).toarray()
    monkeypatch.setattr(spectrum, "_CHUNK", 7)
    np.testing.assert_allclose(
        spectrum.cooccurrence(small_text(*rows), 8, seed=1).toarray(), whole, rtol=1e-5
    )


def test_decomposition_spans_the_matrix():
    values = np.random.default_rng(2).random((30, 4)) @ np.random.default_rng(3).random((4, 30))
    matrix = spectrum.sparse.csr_array(values.astype(np.float32))
    vectors = spectrum.decompose(matrix, 4, seed=1)
    basis = np.linalg.qr(vectors)[0]
    np.testing.assert_allclose(basis @ (basis.T @ values), values, atol=1e-3)


def test_a_word_stands_for_itself_its_characters_and_parts():
    tokens = ("社会保险", "社会", "保险", "社", "会", "gdp")
    folds = composition(tokens, segmenter(["社会保险"])).toarray()
    assert folds[0].tolist() == [1, 1, 1, 1, 1, 0]
    assert folds[3].tolist() == [0, 0, 0, 2, 0, 0]
    assert folds[5].tolist() == [0, 0, 0, 0, 0, 2]


# --- the encoder that is shipped ---


def judged():
    lines = (JUDGED / "seeds.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_card_has_the_checksums_of_the_files():
    card = (SHIPPED / "README.md").read_text("utf-8")
    for name in ("model.safetensors", "tokenizer.json", "modules.json"):
        assert sha256((SHIPPED / name).read_bytes()).hexdigest() in card, name


def test_the_shipped_encoder_is_small_and_read_without_torch():
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 10_000_000
    encoder = create("default")
    assert encoder.fingerprint.startswith("static-")
    lengths = np.linalg.norm(encoder.encode(["服务对象满意度", "群众满不满意", "", "？"]), axis=1)
    np.testing.assert_allclose(lengths, [1, 1, 0, 0], atol=1e-5)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_both_readers_agree():
    names = (JUDGED / "names.txt").read_text("utf-8").splitlines()
    texts = names + [each["query"] for each in judged()] + ["GDP增速≥6%", "𠮷 emoji 🙂"]
    model = SentenceTransformer(str(SHIPPED), device="cpu")
    theirs = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(create("default").encode(texts), theirs, atol=1e-3)


def test_the_shipped_encoder_finds_what_is_meant():
    """Half of the paraphrases have a name of the best grade among the first five by meaning."""
    names = (JUDGED / "names.txt").read_text("utf-8").splitlines()
    asked = [each for each in judged() if each["kind"] == "paraphrase"]
    encoder = create("default")
    near = encoder.encode([each["query"] for each in asked]) @ encoder.encode(names).T
    hits = [
        any(each["relevant"].get(names[n]) == 3 for n in np.argsort(-row)[:5])
        for each, row in zip(asked, near, strict=True)
    ]
    assert np.mean(hits) > 0.8


def test_judged_queries_stay_out_of_training():
    """No query that is to be understood is a name in the thesaurus, and no judged pair one there."""
    for each in judged():
        measure = find(each["query"])
        assert measure is None or each["kind"] == "exact", each["query"]
        others = {bare(name) for name in each["relevant"]} - {bare(each["query"])}
        known = {bare(name) for name in measure.labels} if measure else set()
        assert not known & others, each["query"]


def test_judged_names_are_in_the_collection():
    names = set((JUDGED / "names.txt").read_text("utf-8").splitlines())
    asked = judged()
    assert len(asked) >= 120
    assert len({each["query"] for each in asked}) == len(asked)
    for each in asked:
        assert each["relevant"].keys() <= names, each["query"]
        assert set(each["relevant"].values()) <= {1, 2, 3}
        assert 3 in each["relevant"].values()
