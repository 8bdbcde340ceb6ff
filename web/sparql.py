"""``/sparql``: the endpoint for programs and the editor for people (SPARQL 端点)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, json, render_template, request
from werkzeug.exceptions import NotAcceptable

from ontology import iri
from ontology.errors import JixiaoError, QueryRefused
from search.store import guard
from web.current import engine
from web.negotiate import HTML, best
from web.problems import answer as problem
from web.problems import status_of
from web.protocol import GRAPHS, TABLES, Question, read_question
from web.samples import samples
from web.security import allow_all_origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search.store.graph import Answer

blueprint = Blueprint("sparql", __name__)

_ALIASES: Final = {
    False: {
        "application/json": "application/sparql-results+json",
        "application/xml": "application/sparql-results+xml",
        "text/xml": "application/sparql-results+xml",
    },
    True: {
        "text/plain": "application/n-triples",
        "application/json": "application/ld+json",
        "application/xml": "application/rdf+xml",
        "text/xml": "application/rdf+xml",
    },
}
_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_SHOWN: Final = 200
_DOWNLOADS: Final = {
    False: (("JSON", "json"), ("CSV", "csv"), ("TSV", "tsv"), ("XML", "xml")),
    True: (("Turtle", "turtle"), ("N-Triples", "ntriples"), ("JSON-LD", "jsonld")),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the result table (单元格): what to show, and our page if it names a thing."""

    text: str
    href: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a result (结果表); ``boolean`` is that of an ASK."""

    names: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: int
    capped: bool
    boolean: bool | None = None


@blueprint.route("/sparql", methods=["GET", "POST", "OPTIONS"], provide_automatic_options=False)
def endpoint() -> Response:
    """SPARQL 1.1 Protocol, and a page where a browser asks for one."""
    if request.method == "OPTIONS":
        return _options()
    for_people = (
        request.method != "POST"
        and "format" not in request.args
        and best(request.headers.get("Accept"), (*TABLES, *GRAPHS, *_ALIASES[True], HTML)) == HTML
    )
    if for_people:
        return _page()
    question = read_question(request, current_app.config["SETTINGS"].max_sparql)
    response = _data(question) if question else _description()
    response.headers["Vary"] = "Accept"
    return allow_all_origins(response)


@blueprint.errorhandler(JixiaoError)
def refuse(error: JixiaoError) -> Response:
    """Errors can be read by scripts of any site as well."""
    where = {"line": error.where.line, "column": error.where.column}
    stated = {name: value for name, value in where.items() if value is not None}
    response = problem(status_of(error), error.message, code=error.code, extra=stated)
    if response.status_code in (429, 503):
        response.headers["Retry-After"] = "5"
    return allow_all_origins(response)


def _data(question: Question) -> Response:
    found = _ask(question, _chosen(makes_graph(question.text)))
    response = Response(found.content, content_type=_with_charset(found.media_type))
    if found.capped:
        response.headers["X-Result-Capped"] = "true"
    return response


def makes_graph(text: str) -> bool:
    """Whether the query answers with triples; one that does not parse answers with an error."""
    return guard.form(text) in ("CONSTRUCT", "DESCRIBE")


def _chosen(graph: bool) -> str:
    """The media type to answer in: that of ``format=``, else the best by Accept."""
    offers, aliases = GRAPHS if graph else TABLES, _ALIASES[graph]
    wanted = request.args.get("format")
    if wanted is not None:
        media = next((each for each, name in offers.items() if wanted in (each, name)), None)
        if media is None:
            raise QueryRefused(f"这个查询没有 {wanted[:40]} 格式的结果。", code="parameter")
        return media
    chosen = best(request.headers.get("Accept"), (*offers, *aliases))
    if chosen is None:
        raise NotAcceptable
    return aliases.get(chosen, chosen)


def _ask(question: Question, media: str) -> Answer:
    return engine().query(question.text, (media,), question.default_graphs, question.named_graphs)


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _options() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = _METHODS
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return allow_all_origins(response)


def _description() -> Response:
    """SPARQL 1.1 Service Description; relative IRIs, so that it holds behind any name."""
    if best(request.headers.get("Accept"), ("text/turtle",)) is None:
        raise NotAcceptable
    return Response(render_template("service.ttl"), content_type="text/turtle; charset=utf-8")


def _page() -> Response:
    """The editor with the result of its query, or with what is wrong with it."""
    context: dict[str, Any] = {"table": None, "graph": None, "error": None, "downloads": []}
    status = 200
    query = request.args.get("query", "")
    try:
        question = read_question(request, current_app.config["SETTINGS"].max_sparql)
        if question:
            context.update(_shown(question))
    except JixiaoError as error:
        context["error"], status = str(error), status_of(error)
    page = render_template(
        "sparql.html", query=query or samples()[0].text, samples=samples(), **context
    )
    response = Response(page, status, mimetype=HTML)
    response.headers["Vary"] = "Accept"
    return response


def _shown(question: Question) -> dict[str, Any]:
    graph = makes_graph(question.text)
    found = _ask(question, next(iter(GRAPHS if graph else TABLES)))
    downloads = [
        (label, "/sparql?" + urlencode({"query": question.text, "format": form}))
        for label, form in _DOWNLOADS[graph]
    ]
    text = found.content.decode("utf-8")
    shown = {"graph": text} if graph else {"table": _table(json.loads(text), found.capped)}
    return {**shown, "downloads": downloads}


def _table(result: dict[str, Any], capped: bool) -> Table:
    if "boolean" in result:
        return Table((), (), 0, capped, result["boolean"])
    names = result["head"]["vars"]
    bindings = result["results"]["bindings"]
    rows = [[_cell(each.get(name)) for name in names] for each in bindings[:_SHOWN]]
    return Table(names, rows, len(bindings), capped)


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("")
    value = term["value"]
    if term["type"] == "uri":
        thing = iri.parse(value)
        return Cell(thing[1], href=f"/{thing[0]}/{thing[1]}") if thing else Cell(value)
    kind = term.get("datatype", "").rpartition("#")[2]
    return Cell(value, number=kind in ("integer", "decimal", "double", "float", "gYear"))
