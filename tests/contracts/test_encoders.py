"""Every encoder keeps the same promises; both readers of a static model give the same vectors."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ontology.errors import ConfigError
from search import encoders
from search.encoders import ngram, sentence, static

TEXTS = ["培训合格率", "服务对象满意度", "资金发放及时率", "培训人员合格率", "ＡＢ 12%", "𠮷"]


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """A tiny static model over the characters of the texts, saved by the library itself."""
    words = ["[UNK]", *sorted({each for text in TEXTS for each in text.lower()})]
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    weights = np.random.default_rng(7).standard_normal((len(words), 16)).astype(np.float32)
    folder = tmp_path_factory.mktemp("model")
    made = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    made.save(str(folder))
    return folder


@pytest.fixture(params=["ngram", "static", "sentence"])
def encoder(request):
    if request.param == "ngram":
        return ngram.NgramEncoder()
    folder = request.getfixturevalue("model")
    return static.load(folder) if request.param == "static" else sentence.load(str(folder))


class TestEveryEncoder:
    def test_one_unit_vector_per_text(self, encoder):
        vectors = encoder.encode(TEXTS)
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-3)

    def test_no_text_has_no_direction(self, encoder):
        assert encoder.encode([]).shape == (0, encoder.dimension)
        assert not encoder.encode([""]).any()

    def test_a_vector_does_not_depend_on_the_others(self, encoder):
        together = encoder.encode(TEXTS)
        for text, vector in zip(TEXTS, together, strict=True):
            assert encoder.encode([text])[0] == pytest.approx(vector, abs=1e-5)

    def test_more_in_common_is_nearer(self, encoder):
        first, other, _, near, *_ = encoder.encode(TEXTS)
        assert first @ near > first @ other

    def test_odd_texts_are_encoded(self, encoder):
        vectors = encoder.encode(["满" * 10_000, "\n\t", "😀", "a\0b"])
        assert np.isfinite(vectors).all()

    def test_a_question_is_near_the_row_of_the_same_words(self, encoder):
        asked, kept = encoder.encode(TEXTS, query=True), encoder.encode(TEXTS)
        assert (asked @ kept.T).argmax(axis=1).tolist() == list(range(len(TEXTS)))

    def test_the_fingerprint_is_that_of_the_weights(self, encoder):
        assert encoder.fingerprint
        assert encoder.fingerprint == encoder.fingerprint.strip()
        assert isinstance(encoder.trained, bool)


def test_both_readers_agree(model):
    light, full = static.load(model), sentence.load(str(model))
    assert light.encode(TEXTS) == pytest.approx(full.encode(TEXTS), abs=1e-3)


def test_a_model_gets_its_own_words_before_a_question(model, tmp_path):
    prompted = tmp_path / "prompted"
    made = SentenceTransformer(str(model), prompts={"query": "培训", "document": ""})
    made.save(str(prompted))
    encoder, plain = sentence.load(str(prompted)), sentence.load(str(model))
    assert encoder.encode(["满意度"], query=True) == pytest.approx(plain.encode(["培训满意度"]))
    assert encoder.encode(["满意度"]) == pytest.approx(plain.encode(["满意度"]))
    assert encoder.fingerprint != plain.fingerprint


def test_half_precision_is_read(model, tmp_path):
    for file in model.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = load_file(model / "model.safetensors")
    halves = {name: value.astype(np.float16) for name, value in weights.items()}
    save_file(halves, tmp_path / "model.safetensors")
    light = static.load(tmp_path)
    assert light.encode(TEXTS) == pytest.approx(static.load(model).encode(TEXTS), abs=2e-3)
    assert light.fingerprint != static.load(model).fingerprint


def test_the_stand_in_is_the_same_in_every_process():
    program = (
        "from search.encoders.ngram import NgramEncoder\n"
        "print(NgramEncoder().encode(['培训合格率']).tobytes().hex())"
    )
    here = ngram.NgramEncoder().encode(["培训合格率"]).tobytes().hex()
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert there.stdout.strip() == here


def test_names_and_folders(model):
    assert isinstance(encoders.create("ngram"), ngram.NgramEncoder)
    assert encoders.create("").fingerprint == encoders.create("default").fingerprint
    assert isinstance(encoders.create(str(model)), static.StaticEncoder)


def test_a_model_that_is_not_there_is_told_so(tmp_path):
    with pytest.raises(ConfigError):
        encoders.create(str(tmp_path / "none"))


def test_the_missing_library_is_named_with_its_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ConfigError, match=r'pip install "jixiao\[models\]"'):
        sentence.load("any/model")


def test_a_broken_model_is_told_so(model, tmp_path):
    (tmp_path / "modules.json").write_text((model / "modules.json").read_text("utf-8"), "utf-8")
    assert json.loads((tmp_path / "modules.json").read_text("utf-8"))
    with pytest.raises(ConfigError):
        static.load(tmp_path)
