from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner

from web.cli import main

SEEDS = Path(__file__).parents[2] / "seeds"


def test_training_says_what_it_needs(tmp_path) -> None:
    result = CliRunner().invoke(main, ["train-encoder"])
    assert result.exit_code == 2
    short = tmp_path / "短.txt"
    short.write_text("只有一句话。\n", "utf-8")
    result = CliRunner().invoke(
        main, ["train-encoder", "--text", str(short), "--out", str(tmp_path / "e")]
    )
    assert result.exit_code == 1
    assert "jixiao:" in result.stderr


def test_a_trained_encoder_is_reported_with_its_checksums(tmp_path) -> None:
    texts = [f"--text={path}" for path in sorted(SEEDS.glob("*.txt"))]
    out = tmp_path / "encoder"
    result = CliRunner().invoke(main, ["train-encoder", *texts, "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    assert len(report["texts"]) == len(texts)
    written = (out / "model.safetensors").read_bytes()
    assert report["files"]["model.safetensors"] == sha256(written).hexdigest()
