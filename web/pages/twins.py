"""The data behind a page, as Turtle and as JSON (数据孪生)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, json
from rdflib import Graph

from ontology.errors import NotFound
from ontology.iri import KINDS, Kind, document_of, iri
from web.current import engine
from web.negotiate import TURTLE
from web.pages.records import Record
from web.security import allow_all_origins

if TYPE_CHECKING:
    from collections.abc import Callable

blueprint = Blueprint("twins", __name__)


def turtle(kind: Kind, key: str) -> Response:
    """The thing and its parts as the graph has them."""
    return _data(_described(kind, key), f"{TURTLE}; charset=utf-8")


def as_json(kind: Kind, key: str) -> Response:
    """The thing in the words of the extraction record; what has no record there, as JSON-LD."""
    if kind in _RECORDS:
        found = {"iri": iri(kind, key), **_RECORDS[kind](key)}
        return _data(json.dumps(found, ensure_ascii=False, indent=1), "application/json")
    graph = Graph().parse(data=_described(kind, key), format="turtle")
    return _data(graph.serialize(format="json-ld", ensure_ascii=False), "application/ld+json")


def _described(kind: Kind, key: str) -> str:
    text = engine().describe(iri(kind, key))
    if not text:
        raise NotFound("图谱里没有这个标识。")
    return text


def _document(key: str) -> dict[str, Any]:
    return engine().extraction(key).to_dict()


def _project(key: str) -> dict[str, Any]:
    document_key, project = engine().project(key)
    return {"document": iri("document", document_key), **asdict(project)}


def _indicator(key: str) -> dict[str, Any]:
    document_key = document_of(key)
    project_key, row = Record.of(document_key, engine().extraction(document_key)).row(key)
    return {
        "document": iri("document", document_key),
        "project": iri("project", project_key) if project_key else None,
        **asdict(row),
    }


def _data(text: str, content_type: str) -> Response:
    return allow_all_origins(Response(text, content_type=content_type))


_RECORDS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "document": _document,
    "project": _project,
    "indicator": _indicator,
}
# One rule per kind: beside /indicator/<key> a general rule would never be tried.
for _kind in KINDS:
    for _suffix, _view in (("ttl", turtle), ("json", as_json)):
        blueprint.add_url_rule(
            f"/{_kind}/<key>.{_suffix}", view_func=_view, defaults={"kind": _kind}
        )
