"""Pages of single things: indicator, project, document, basis, unit, region (实体页)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.exceptions import NotAcceptable

from ontology.divisions import divisions
from ontology.errors import NotFound
from ontology.iri import KINDS, NS, basis_key, document_of, iri, parse
from web.current import engine
from web.negotiate import HTML, JSON, TURTLE, best
from web.pages import form, vocabulary
from web.pages.records import Record, around
from web.security import allow_all_origins

if TYPE_CHECKING:
    from ontology.divisions import Division
    from ontology.model import Document, LegalBasis, Project

blueprint = Blueprint("things", __name__)

_SIMILAR = 8
_SUFFIXES = {"json": JSON, "ttl": TURTLE}
_FUNDS = (
    ("预算总额", "budget_yuan"),
    ("财政资金", "fiscal_funds_yuan"),
    ("其他资金", "other_funds_yuan"),
    ("上年结转", "carryover_yuan"),
)

_BASIS: Final = """
PREFIX jx: <https://w3id.org/jixiao/ns#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?title ?number ?year ?issuer WHERE {
  ?thing a jx:LegalBasis .
  OPTIONAL { ?thing eli:title ?title }
  OPTIONAL { ?thing skos:notation ?number }
  OPTIONAL { ?thing jx:issueYear ?year }
  OPTIONAL { ?thing eli:passed_by/rdfs:label ?issuer }
} ORDER BY ?title ?number"""
_CITATIONS: Final = """
PREFIX jx: <https://w3id.org/jixiao/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?thing ?node ?project ?region ?year ?article ?as_written WHERE {
  ?citation jx:cites ?thing ; jx:project ?node ; jx:asWritten ?as_written .
  ?node dct:title ?project ; jx:document ?document .
  OPTIONAL { ?citation jx:article ?article }
  OPTIONAL { ?document jx:regionText ?region }
  OPTIONAL { ?document jx:fiscalYear ?year }
} ORDER BY ?region ?year ?project"""
_ORGANISATION: Final = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?thing ?name ?region WHERE {
  ?thing a org:FormalOrganization ; rdfs:label ?name .
  OPTIONAL { ?thing dct:spatial ?region }
} ORDER BY ?name"""
_PROJECTS_OF: Final = """
PREFIX jx: <https://w3id.org/jixiao/ns#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?thing ?node ?name ?year ?budget WHERE {
  ?node jx:implementingUnit|jx:competentDepartment ?thing ; dct:title ?name .
  OPTIONAL { ?node jx:fiscalYear ?year }
  OPTIONAL { ?node jx:budget ?budget }
} ORDER BY DESC(?year) ?name"""


def record(document_key: str) -> Record:
    """The document with that key, ready to be shown; raises :class:`NotFound`."""
    return Record.of(document_key, engine().extraction(document_key))


@blueprint.get("/id/<kind>/<key>")
def identify(kind: str, key: str) -> Response:
    """The thing itself cannot be sent: point to its page or its data (303)."""
    if kind not in KINDS:
        raise NotFound("没有这一类事物。")
    chosen = best(request.headers.get("Accept"), (HTML, TURTLE, JSON))
    if chosen is None:
        raise NotAcceptable
    suffix = {HTML: "", TURTLE: ".ttl", JSON: ".json"}[chosen]
    place = url_for(f"things.{kind}", key=key) + suffix
    response = Response(status=303, headers={"Location": place, "Vary": "Accept"})
    return allow_all_origins(response)


@blueprint.get("/indicator/<key>")
def indicator(key: str) -> str:
    found = record(document_of(key))
    project_key, row = found.row(key)
    printed = "，".join(each for each in (row.printed_level1, row.printed_level2) if each)
    return render_template(
        "indicator.html",
        key=key,
        iri=iri("indicator", key),
        indicator=row,
        printed_class=printed or None,
        project_key=project_key,
        project=found.projects[project_key] if project_key else None,
        document_key=found.key,
        document_title=found.title,
        document=found.document,
        lines=around(found.lines(engine().lines(found.key)), row.source),
        similar=engine().similar(key, limit=_SIMILAR),
    )


@blueprint.get("/project/<key>")
def project(key: str) -> str:
    found = record(document_of(key))
    shown = found.project(key)
    return render_template(
        "project.html",
        key=key,
        project=shown,
        rows=form.rows(found.rows_of(key)),
        funds=_funds(shown),
        bases=_bases(found.key, shown),
        document_key=found.key,
        document_title=found.title,
        document=found.document,
    )


@blueprint.get("/document/<key>")
def document(key: str) -> str:
    found = record(key)
    return render_template(
        "document.html",
        key=key,
        title=found.title,
        extraction=found.extraction,
        projects=list(found.projects.items()),
        unit_rows=form.rows(found.rows_of(None)),
        row_count=len(found.rows),
        places=_line_of(found.document),
        lines=found.lines(engine().lines(key)),
    )


@blueprint.get("/basis/<key>")
def basis(key: str) -> str:
    facts = engine().select(_BASIS, thing=iri("basis", key))
    citations = engine().select(_CITATIONS, thing=iri("basis", key))
    if not facts and not citations:
        raise NotFound("没有这条立项依据。")
    titles, numbers = _values(facts, "title"), _values(facts, "number")
    return render_template(
        "basis.html",
        key=key,
        iri=iri("basis", key),
        title="".join([*(f"《{each}》" for each in titles[:1]), *numbers[:1]]) or key,
        titles=titles,
        numbers=numbers,
        issuers=_values(facts, "issuer"),
        years=_values(facts, "year"),
        citations=[{**each, "project_key": _local(each["node"])} for each in citations],
    )


@blueprint.get("/organisation/<key>")
def organisation(key: str) -> str:
    facts = engine().select(_ORGANISATION, thing=iri("organisation", key))
    if not facts:
        raise NotFound("没有这个单位。")
    projects = engine().select(_PROJECTS_OF, thing=iri("organisation", key))
    return render_template(
        "organisation.html",
        key=key,
        name=facts[0]["name"],
        place=divisions().get(_local(facts[0].get("region", ""))),
        projects=[{**each, "key": _local(each["node"])} for each in projects],
    )


@blueprint.get("/region/<key>")
def region(key: str) -> str:
    division = divisions().get(key)
    if division is None or division.code != key:
        raise NotFound("没有这个行政区划代码。")
    register = divisions()
    documents = [
        each
        for each in engine().documents()
        if (place := register.get(each.region_code)) and register.within(place, key)
    ]
    return render_template(
        "region.html",
        division=division,
        above=register.ancestors(division)[::-1],
        documents=documents,
        indicator_count=sum(each.indicators for each in documents),
        below=_below(division, [each.region_code for each in documents]),
    )


@blueprint.get("/ns")
def ns() -> Response:
    wanted = {"ttl": TURTLE, "html": HTML}.get(request.args.get("format", ""))
    chosen = wanted or best(request.headers.get("Accept"), (TURTLE, HTML))
    if chosen is None:
        raise NotAcceptable
    if chosen == TURTLE:
        response = Response(vocabulary.turtle(), content_type=f"{TURTLE}; charset=utf-8")
    else:
        page = render_template("ns.html", namespace=NS, groups=vocabulary.groups())
        response = Response(page, mimetype=HTML)
    response.headers["Vary"] = "Accept"
    return allow_all_origins(response)


def _funds(project: Project) -> list[tuple[str, float]]:
    stated = [(name, getattr(project, field)) for name, field in _FUNDS]
    return [(name, amount) for name, amount in stated if amount is not None]


def _line_of(document: Document) -> list[Division]:
    """Province, city, county of the document, as far as known."""
    division = divisions().get(document.region_code)
    return [*reversed(divisions().ancestors(division)), division] if division else []


def _bases(document_key: str, project: Project) -> list[tuple[str, LegalBasis]]:
    return [
        (basis_key(each.doc_no, each.title, each.as_written, document_key), each)
        for each in project.legal_bases
    ]


def _below(division: Division, codes: list[str | None]) -> list[tuple[Division, int]]:
    """The divisions right below that have documents, with how many."""
    register = divisions()
    places = [place for code in codes if (place := register.get(code))]
    counted = [
        (each, sum(register.within(place, each.code) for place in places))
        for each in register.children(division.code)
    ]
    return [(each, count) for each, count in counted if count]


def _values(rows: list[dict[str, Any]], name: str) -> list[str]:
    """The different values of a variable, in order."""
    return list(dict.fromkeys(str(row[name]) for row in rows if name in row))


def _local(name: object) -> str:
    """The key in the IRI of a thing."""
    parsed = parse(str(name))
    return parsed[1] if parsed else ""
