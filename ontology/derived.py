"""Triples that follow from the fields of the model (推导三元组): links into the shared vocabulary.

Classes, signs, directions and units as concepts; base quantities; places, organisations, funds and
legal bases as nodes. ``ontology/mapping.py`` writes them beside the fields and never reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ontology import terms
from ontology.divisions import Division, divisions
from ontology.iri import NS, basis_key, iri, organisation_key, organisation_name, slug
from ontology.prefixes import resolve as resolve_prefix
from ontology.prefixes import split_number
from ontology.quantity import Unit, convert, find_unit
from ontology.rdf import XSD, Iri, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ontology.model import Document, Indicator, LegalBasis, Project

DCT: Final = "http://purl.org/dc/terms/"
ELI: Final = "http://data.europa.eu/eli/ontology#"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
QUDT: Final = "http://qudt.org/schema/qudt/"
SCHEMA: Final = "https://schema.org/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
WGS84: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"

_FUNDS: Final = (
    ("fiscal", "funds-fiscal", "fiscal_funds_yuan"),
    ("other", "funds-other", "other_funds_yuan"),
    ("carryover", "funds-carryover", "carryover_yuan"),
)


@dataclass(slots=True)
class Context:
    """What the parts of one document share (上下文): its place and year, and nodes used often."""

    key: str
    document: str
    region_code: str | None = None
    year: int | None = None
    _shared: dict[Triple, None] = field(default_factory=dict)

    @classmethod
    def of(cls, key: str, documents: tuple[Document, ...]) -> Context:
        """The context of a file with that key; place and year are those of its first document."""
        context = cls(key, iri("document", key))
        for document in documents[:1]:
            context.region_code, context.year = document.region_code, document.year
            if document.department:
                publisher = context.organisation(document.department)
                context.share((context.document, DCT + "publisher", publisher))
        return context

    def share(self, *triples: Triple) -> None:
        """Keep triples for the end of the document, each once."""
        self._shared.update(dict.fromkeys(triples))

    def shared(self) -> Iterator[Triple]:
        yield from self._shared

    def organisation(self, printed: str) -> Iri:
        """The organisation of that name, in the place it names, else in the document's."""
        name = organisation_name(printed)
        named = divisions().find_in(name)
        code = named[0].code if len(named) == 1 else self.region_code
        node = iri("organisation", organisation_key(name, code))
        self.share(
            (node, TYPE, Iri(ORG + "FormalOrganization")),
            (node, LABEL, Literal(name)),
        )
        if division := divisions().get(code):
            self.share((node, DCT + "spatial", _region(division)))
        return Iri(node)


def primary_source(root: str, checksum: str | None) -> Iterator[Triple]:
    """The file's bytes as the source of the document, by their SHA-256."""
    if checksum:
        yield root, PROV + "hadPrimarySource", Iri(f"urn:sha256:{checksum}")
        yield root, NS + "checksum", Literal(checksum)


def document(document: Document, node: str) -> Iterator[Triple]:
    """Place and publisher of a document."""
    if division := divisions().get(document.region_code):
        yield from _places(division, node)


def project(project: Project, node: str, context: Context) -> Iterator[Triple]:
    """A project's place, year, organisations and funds."""
    if division := divisions().get(context.region_code):
        yield from _places(division, node)
    if context.year is not None:
        yield node, NS + "fiscalYear", Literal(f"{context.year:04d}", XSD + "gYear")
    if project.competent_department:
        department = context.organisation(project.competent_department)
        yield node, NS + "competentDepartment", department
    if project.implementing_unit:
        yield node, NS + "implementingUnit", context.organisation(project.implementing_unit)
    for name, source, attribute in _FUNDS:
        amount: float | None = getattr(project, attribute)
        if amount is not None:
            grant = f"{node}#{name}"
            yield grant, TYPE, Iri(SCHEMA + "MonetaryGrant")
            yield grant, SCHEMA + "fundedItem", Iri(node)
            yield grant, SCHEMA + "amount", decimal(amount)
            yield grant, NS + "fundingSource", Iri(NS + source)


def indicator(indicator: Indicator, node: str) -> Iterator[Triple]:
    """An indicator's classes, direction, unit and base quantity."""
    if level1 := terms.level1_concept(indicator.level1):
        yield node, NS + "level1", Iri(level1.iri)
    if level2 := terms.level2_concept(indicator.level2):
        yield node, NS + "level2", Iri(level2.iri)
    if direction := terms.direction_concept(indicator.direction):
        yield node, NS + "direction", Iri(direction.iri)
    unit = find_unit(indicator.unit)
    if unit is None:
        return
    yield node, QUDT + "hasUnit", Iri(unit.iri)
    if unit.composed:
        yield from _composed(unit)
    if indicator.value is not None:
        yield node, NS + "baseValue", decimal(convert(indicator.value, unit))
        yield node, NS + "baseUnit", Iri(unit.base)
    if indicator.value_max is not None:
        yield node, NS + "baseValueMax", decimal(convert(indicator.value_max, unit))


def citation(basis: LegalBasis, node: str, project: str, context: Context) -> Iterator[Triple]:
    """The legal basis that a citation cites: one node for all its spellings, with its issuer."""
    key = basis_key(basis.doc_no, basis.title, basis.as_written, context.key)
    cited = iri("basis", key)
    yield node, NS + "cites", Iri(cited)
    context.share((project, NS + "restsOn", Iri(cited)), (cited, TYPE, Iri(NS + "LegalBasis")))
    if basis.title:
        context.share((cited, ELI + "title", Literal(basis.title)))
    if basis.doc_no:
        context.share((cited, SKOS + "notation", Literal(basis.doc_no)))
        context.share(*_issued(cited, basis.doc_no, context.region_code))
    if basis.article:
        article = f"{cited}#{slug(basis.article)}"
        yield node, NS + "citesArticle", Iri(article)
        context.share(
            (article, TYPE, Iri(ELI + "LegalResourceSubdivision")),
            (article, ELI + "is_part_of", Iri(cited)),
            (article, LABEL, Literal(basis.article)),
        )


def divisions_triples() -> Iterator[Triple]:
    """The register of divisions as SKOS concepts, for a graph of its own in the store."""
    for each in divisions():
        node = iri("region", each.code)
        yield node, TYPE, Iri(SCHEMA + "AdministrativeArea")
        yield node, TYPE, Iri(SKOS + "Concept")
        yield node, SKOS + "prefLabel", Literal(each.name, language="zh")
        yield node, SKOS + "notation", Literal(each.code)
        yield node, NS + "regionLevel", Literal(each.level)
        if each.parent:
            yield node, SKOS + "broader", Iri(iri("region", each.parent))
        if each.former:
            yield node, NS + "former", Literal("true", XSD + "boolean")
        if each.lon is not None and each.lat is not None:
            yield node, WGS84 + "long", decimal(each.lon)
            yield node, WGS84 + "lat", decimal(each.lat)


def decimal(value: float) -> Literal:
    """The number as xsd:decimal, which knows no exponent."""
    text = repr(float(value))
    return Literal(format(Decimal(text), "f") if "e" in text else text, XSD + "decimal")


def _issued(cited: str, doc_no: str, region_code: str | None) -> Iterator[Triple]:
    prefix, year = split_number(doc_no)
    if year is not None:
        yield cited, NS + "issueYear", Literal(f"{year:04d}", XSD + "gYear")
    issuer = resolve_prefix(prefix, region_code) if prefix else None
    if issuer is None:
        return
    node = iri("organisation", organisation_key(issuer.name, issuer.region_code))
    yield cited, ELI + "passed_by", Iri(node)
    yield cited, NS + "issuerLevel", Literal(issuer.level)
    yield node, TYPE, Iri(ORG + "FormalOrganization")
    yield node, LABEL, Literal(issuer.name)
    if division := divisions().get(issuer.region_code):
        yield node, DCT + "spatial", _region(division)


def _places(division: Division, node: str) -> Iterator[Triple]:
    register = divisions()
    yield node, DCT + "spatial", _region(division)
    yield node, NS + "province", _region(register.province(division))
    if city := register.city(division):
        yield node, NS + "city", _region(city)


def _region(division: Division) -> Iri:
    return Iri(iri("region", division.code))


def _composed(unit: Unit) -> Iterator[Triple]:
    for node, text in ((unit.iri, unit.label), (unit.base, unit.base_label)):
        yield node, TYPE, Iri(QUDT + "Unit")
        yield node, SKOS + "prefLabel", Literal(text, language="zh")
