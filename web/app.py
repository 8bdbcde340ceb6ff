"""The web application: pages for people, data for programs (网页应用)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apiflask import APIFlask
from flask import request

from web import problems, security, sparql, texts
from web.api import search as api_search
from web.current import attach
from web.pages import form, ops, things, twins
from web.pages import search as search_page

if TYPE_CHECKING:
    from flask import Response

    from web.settings import Settings


def create_app(settings: Settings) -> APIFlask:
    """The application on the data directory of the settings.

    Raises :class:`StoreError` when there is no data that can be served.
    """
    app = APIFlask(
        "web",
        title="绩效图谱",
        version="1",
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.config.update(
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SPEC_FORMAT="json",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    problems.register(app)
    ops.count_requests(app)
    attach(app, settings)
    parts = (search_page, things, twins, sparql, api_search, ops)
    for part in parts:
        app.register_blueprint(part.blueprint)
    app.after_request(security.protect)
    _teach_templates(app, settings)
    return app


def _teach_templates(app: APIFlask, settings: Settings) -> None:
    """Filters and words that templates use; templates get no other access to the program."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        plain=texts.plain, wan=texts.wan, squeeze=texts.squeeze, extra_columns=form.extra_columns
    )
    app.jinja_env.globals.update(settings=settings, anchor=texts.anchor, static=_static_links(app))


def _static_links(app: APIFlask) -> Any:  # noqa: ANN401 - a function for templates
    """Static files by a URL that changes with their contents, so that they can be kept."""
    folder = Path(app.static_folder or "")
    versions = {path.name: sha256(path.read_bytes()).hexdigest()[:10] for path in folder.iterdir()}

    def static(name: str) -> str:
        return f"/static/{name}?v={versions[name]}"

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    return static
