"""Model ↔ triples, in this one place (映射).

Each document is one named graph, and the graph's IRI is the document's. The tables of
:class:`Field` say which property carries which field of the model; :func:`to_triples` writes
them, :func:`from_triples` reads them back. Besides them a document's graph holds triples that
follow from the fields (classes, places, organisations, legal bases, base quantities) and that
reading ignores; they are made in ``ontology/derived.py``.

A file that holds more than one document is the node of its first; the others hang from it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast
from urllib.parse import quote

from ontology import derived
from ontology.iri import NS, document_key, indicator_key, iri, project_key, unit_indicator_key
from ontology.model import (
    Document,
    Extraction,
    Indicator,
    Issue,
    LegalBasis,
    Place,
    Project,
    UnitGoal,
)
from ontology.privacy import without_persons
from ontology.rdf import XSD, Iri, Term, Triple, from_rdflib, to_rdflib
from ontology.rdf import Literal as RdfLiteral
from ontology.terms import operators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Graph

DCT: Final = "http://purl.org/dc/terms/"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
NUMERIC_VALUE: Final = "http://qudt.org/schema/qudt/numericValue"
UPPER_BOUND: Final = "http://qudt.org/schema/qudt/upperBound"

FieldKind = Literal["text", "line", "number", "integer", "year", "operator"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the model and the property that carries it (字段映射).

    A ``line`` is a text as printed but for persons' names (``ontology/privacy.py``).
    """

    name: str
    property: str
    kind: FieldKind = "text"


PLACE: Final = (
    Field("page", NS + "page", "integer"),
    Field("line", NS + "line", "integer"),
    Field("row", NS + "row", "integer"),
    Field("sheet", NS + "sheet"),
    Field("text", NS + "sourceText", "line"),
)
DOCUMENT: Final = (
    Field("region", NS + "regionText"),
    Field("region_code", NS + "regionCode"),
    Field("province", NS + "provinceText"),
    Field("department", NS + "departmentText"),
    Field("year", NS + "fiscalYear", "year"),
    Field("title", DCT + "title"),
)
PROJECT: Final = (
    Field("seq", NS + "sequence", "integer"),
    Field("name", DCT + "title"),
    Field("code", DCT + "identifier"),
    Field("competent_department", NS + "competentDepartmentText"),
    Field("implementing_unit", NS + "implementingUnitText"),
    Field("period_text", NS + "periodText"),
    Field("budget_yuan", NS + "budget", "number"),
    Field("fiscal_funds_yuan", NS + "fiscalFunds", "number"),
    Field("other_funds_yuan", NS + "otherFunds", "number"),
    Field("carryover_yuan", NS + "carryover", "number"),
    Field("goal_text", NS + "goalText"),
)
INDICATOR: Final = (
    Field("name", LABEL),
    Field("level1", NS + "level1Text"),
    Field("level2", NS + "level2Text"),
    Field("printed_level1", NS + "printedLevel1"),
    Field("printed_level2", NS + "printedLevel2"),
    Field("description", DCT + "description"),
    Field("value_text", NS + "valueText"),
    Field("operator", NS + "operator", "operator"),
    Field("value", NUMERIC_VALUE, "number"),
    Field("value_max", UPPER_BOUND, "number"),
    Field("unit", NS + "unitText"),
    Field("qualitative", NS + "qualitativeText"),
    Field("weight", NS + "weight", "number"),
    Field("direction", NS + "directionText"),
    Field("basis", NS + "valueBasis"),
    Field("actual_text", NS + "actualText"),
    Field("confidence", NS + "confidence", "number"),
)
CITATION: Final = (
    Field("title", NS + "citedTitle"),
    Field("doc_no", NS + "citedNumber"),
    Field("article", NS + "article"),
    Field("as_written", NS + "asWritten"),
)
UNIT_GOAL: Final = (Field("goal_text", NS + "goalText"),)
ISSUE: Final = (Field("code", NS + "code"), Field("message", NS + "message"))
DISBURSEMENT: Final = (
    Field("month", NS + "month"),
    Field("percent", NS + "cumulativePercent", "number"),
)

Node = dict[str, Term]


def graph_iri(key: str) -> str:
    """The named graph of the document with that key: the IRI of the document itself."""
    return iri("document", key)


def default_key(extraction: Extraction) -> str:
    """The key of the extraction's document: place and year of its first document, file's name."""
    first = extraction.documents[0] if extraction.documents else Document()
    return document_key(extraction.source, first.region_code, first.year)


def to_graph(extraction: Extraction, key: str | None = None, checksum: str | None = None) -> Graph:
    """:func:`to_triples` as an rdflib graph, for SHACL and serialising."""
    return to_rdflib(to_triples(extraction, key, checksum))


def from_graph(graph: Graph) -> Extraction:
    """The extraction in an rdflib graph that holds one document; see :func:`from_triples`."""
    return from_triples(from_rdflib(graph))


def to_triples(
    extraction: Extraction, key: str | None = None, checksum: str | None = None
) -> Iterator[Triple]:
    """All triples of one document, the same ones in the same order for the same input.

    ``key`` is the document's local key (else :func:`default_key`), ``checksum`` the SHA-256
    of the file in hexadecimal. Numbers must be finite; an empty payment plan counts as none;
    persons' names in printed lines are masked. All else comes back from :func:`from_triples`.
    """
    key = key or default_key(extraction)
    root = iri("document", key)
    yield root, TYPE, Iri(NS + "Document")
    yield root, NS + "sourceFile", RdfLiteral(extraction.source)
    yield from derived.primary_source(root, checksum)
    yield from _document_triples(extraction.documents, root)
    context = derived.Context.of(key, extraction.documents[:1])
    if extraction.unit_goal:
        yield from _unit_goal_triples(extraction.unit_goal, key, root)
    for position, (name, project) in enumerate(project_keys(key, extraction.projects), start=1):
        yield from _project_triples(project, name, position, context)
    for position, issue in enumerate(extraction.warnings, start=1):
        node = f"{root}#w{position}"
        yield node, TYPE, Iri(NS + "Issue")
        yield node, NS + "document", Iri(root)
        yield node, NS + "position", _integer(position)
        yield from _fields(issue, ISSUE, node)
        if issue.source is not None:
            yield from _fields(issue.source, PLACE, node)
    yield from context.shared()


def from_triples(triples: Iterable[Triple]) -> Extraction:
    """Read back what :func:`to_triples` wrote for one document.

    Raises ``KeyError`` when the triples hold no document (no ``jx:sourceFile``).
    """
    nodes: dict[str, Node] = defaultdict(dict)
    for subject, predicate, value in triples:
        if predicate == TYPE and not value.startswith(NS):  # type: ignore[union-attr]
            continue
        nodes[subject][predicate] = value
    root = next((name for name, node in nodes.items() if NS + "sourceFile" in node), None)
    if root is None:
        raise KeyError(NS + "sourceFile")
    parts = _Parts(nodes)
    goals = parts.of_type("UnitGoal")
    return Extraction(
        source=_text(nodes[root][NS + "sourceFile"]),
        documents=tuple(
            Document(**_read(node, DOCUMENT)) for _, node in parts.ordered("Document", None)
        ),
        unit_goal=_read_goal(*goals[0], parts) if goals else None,
        projects=tuple(
            _read_project(name, node, parts) for name, node in parts.ordered("Project", None)
        ),
        warnings=tuple(_read_issue(node) for _, node in parts.ordered("Issue", None)),
    )


def _document_triples(documents: tuple[Document, ...], root: str) -> Iterator[Triple]:
    for position, document in enumerate(documents, start=1):
        node = root if position == 1 else f"{root}#d{position}"
        if position > 1:
            yield node, TYPE, Iri(NS + "Document")
            yield node, DCT + "isPartOf", Iri(root)
        yield node, NS + "position", _integer(position)
        yield from _fields(document, DOCUMENT, node)
        yield from derived.document(document, node)


def _unit_goal_triples(goal: UnitGoal, key: str, root: str) -> Iterator[Triple]:
    node = f"{root}#unit"
    yield node, TYPE, Iri(NS + "UnitGoal")
    yield node, NS + "document", Iri(root)
    yield from _fields(goal, UNIT_GOAL, node)
    for position, indicator in enumerate(goal.indicators, start=1):
        name = iri("indicator", unit_indicator_key(key, position))
        yield name, NS + "unitGoal", Iri(node)
        yield from _indicator_triples(indicator, name, position)


def project_keys(document: str, projects: tuple[Project, ...]) -> Iterator[tuple[str, Project]]:
    """Each project with its key; a repeated number gets its position behind it."""
    taken: set[int] = set()
    for position, project in enumerate(projects, start=1):
        again = project.seq in taken
        taken.add(project.seq)
        yield project_key(document, f"{project.seq}.{position}" if again else project.seq), project


def _project_triples(
    project: Project, key: str, position: int, context: derived.Context
) -> Iterator[Triple]:
    node = iri("project", key)
    yield node, TYPE, Iri(NS + "Project")
    yield node, NS + "document", Iri(context.document)
    yield node, NS + "position", _integer(position)
    yield from _fields(project, PROJECT, node)
    yield from _fields(project.source, PLACE, node)
    yield from derived.project(project, node, context)
    for month, percent in (project.disbursement_plan or {}).items():
        entry = f"{node}#plan-{quote(month, safe='')}"
        yield entry, TYPE, Iri(NS + "Disbursement")
        yield entry, NS + "project", Iri(node)
        yield entry, NS + "month", RdfLiteral(month)
        yield entry, NS + "cumulativePercent", derived.decimal(percent)
    for number, basis in enumerate(project.legal_bases, start=1):
        citation = f"{node}#b{number}"
        yield citation, TYPE, Iri(NS + "Citation")
        yield citation, NS + "project", Iri(node)
        yield citation, NS + "position", _integer(number)
        yield from _fields(basis, CITATION, citation)
        yield from _fields(basis.source, PLACE, citation)
        yield from derived.citation(basis, citation, node, context)
    for number, indicator in enumerate(project.indicators, start=1):
        name = iri("indicator", indicator_key(key, number))
        yield name, NS + "project", Iri(node)
        yield from _indicator_triples(indicator, name, number)


def _indicator_triples(indicator: Indicator, node: str, position: int) -> Iterator[Triple]:
    yield node, TYPE, Iri(NS + "Indicator")
    yield node, NS + "position", _integer(position)
    yield from _fields(indicator, INDICATOR, node)
    yield from _fields(indicator.source, PLACE, node)
    yield from derived.indicator(indicator, node)


def _fields(record: object, table: tuple[Field, ...], node: str) -> Iterator[Triple]:
    for each in table:
        value = getattr(record, each.name)
        if value is not None:
            yield node, each.property, _encode(value, each.kind)


def _encode(value: Any, kind: FieldKind) -> Term:  # noqa: ANN401  (the field's kind says what it is)
    if kind == "text":
        return RdfLiteral(value)
    if kind == "line":
        return RdfLiteral(without_persons(value))
    if kind == "number":
        return derived.decimal(value)
    if kind == "integer":
        return _integer(value)
    if kind == "year":
        return RdfLiteral(f"{value:04d}", XSD + "gYear")
    return Iri(operators()[value])


def _integer(value: int) -> RdfLiteral:
    return RdfLiteral(str(value), XSD + "integer")


def _decode(term: Term, kind: FieldKind) -> Any:  # noqa: ANN401  (as in _encode)
    if isinstance(term, Iri):
        return next(sign for sign, name in operators().items() if name == term)
    if kind == "number":
        return float(term.text)
    return term.text if kind in ("text", "line") else int(term.text)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, Iri) else term.text


class _Parts:
    """The nodes of one document by class and by what they belong to."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._members: dict[tuple[str, str | None], list[tuple[str, Node]]] = defaultdict(list)
        for name, node in nodes.items():
            kind = _text(node[TYPE]).removeprefix(NS) if TYPE in node else ""
            owner = node.get(NS + "project") or node.get(NS + "unitGoal")
            self._members[kind, _text(owner) if owner else None].append((name, node))

    def of_type(self, kind: str, owner: str | None = None) -> list[tuple[str, Node]]:
        return self._members[kind, owner]

    def ordered(self, kind: str, owner: str | None) -> list[tuple[str, Node]]:
        """The members that have a position, in its order."""
        placed = [each for each in self._members[kind, owner] if NS + "position" in each[1]]
        return sorted(placed, key=lambda each: int(_text(each[1][NS + "position"])))


def _read(node: Node, table: tuple[Field, ...]) -> dict[str, Any]:
    return {
        each.name: _decode(node[each.property], each.kind)
        for each in table
        if each.property in node
    }


def _read_place(node: Node) -> Place:
    return Place(**_read(node, PLACE))


def _read_goal(name: str, node: Node, parts: _Parts) -> UnitGoal:
    return UnitGoal(indicators=_read_indicators(name, parts), **_read(node, UNIT_GOAL))


def _read_project(name: str, node: Node, parts: _Parts) -> Project:
    plan = [_read(entry, DISBURSEMENT) for _, entry in parts.of_type("Disbursement", name)]
    plan.sort(key=lambda each: each["percent"])
    return Project(
        **_read(node, PROJECT),
        disbursement_plan={each["month"]: each["percent"] for each in plan} or None,
        legal_bases=tuple(
            LegalBasis(
                **{"title": None, "doc_no": None, "article": None, **_read(each, CITATION)},
                source=_read_place(each),
            )
            for _, each in parts.ordered("Citation", name)
        ),
        indicators=_read_indicators(name, parts),
        source=_read_place(node),
    )


def _read_indicators(owner: str, parts: _Parts) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(**_read(node, INDICATOR), source=_read_place(node))
        for _, node in parts.ordered("Indicator", owner)
    )


def _read_issue(node: Node) -> Issue:
    source = _read_place(node) if NS + "sourceText" in node else None
    return Issue(**cast("dict[str, str]", _read(node, ISSUE)), source=source)
