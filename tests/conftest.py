"""What tests of the whole share: the seeds, read once through the real pipeline, and a server."""

from __future__ import annotations

import threading
from pathlib import Path

import hypothesis
import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from web.cli import main
from web.settings import load

# The same examples on every run: a new one that fails is found by a person, not by CI.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A data directory with the five seed documents."""
    folder = tmp_path_factory.mktemp("jixiao") / "data"
    result = CliRunner().invoke(main, ["--data", str(folder), "ingest", str(SEEDS)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="session")
def settings(data):
    return load({"JIXIAO_QUERY_TIMEOUT": "5"}, {"data": data})


@pytest.fixture(scope="session")
def app(settings):
    # Not at the top: other folders' tests need neither the engine nor the pages.
    from web.app import create_app

    return create_app(settings)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture(scope="session")
def address(app):
    """The address of the application behind a real HTTP server on loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)
