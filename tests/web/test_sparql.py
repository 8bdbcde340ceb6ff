"""SPARQL 1.1 Protocol through a real HTTP client against a real server."""

from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import httpx
import pytest
from rdflib import Graph

from web.samples import samples

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/jixiao/ns#Document> } ORDER BY ?s"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/title> ?o }"


@pytest.fixture
def http(address):
    with httpx.Client(base_url=address, timeout=20) as client:
        yield client


def ask(http, query, accept="*/*", **params):
    return http.get("/sparql", params={"query": query, **params}, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        (
            "text/csv;q=0.1, application/sparql-results+json;q=0.9",
            "application/sparql-results+json",
        ),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
def test_tables_in_the_format_asked_for(http, accept, media):
    response = ask(http, SELECT, accept)
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].partition(";")[0] == media
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if media.endswith("json"):
        assert len(response.json()["results"]["bindings"]) == 5
    elif media.endswith("xml"):
        assert len(ET.fromstring(response.text).findall(".//{*}result")) == 5
    else:
        assert len(response.text.strip().splitlines()) == 6


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("*/*", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json"),
    ],
)
def test_graphs_in_the_format_asked_for(http, accept, media, form):
    response = ask(http, CONSTRUCT, accept)
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"].partition(";")[0] == media
    found = response.json() if form == "json" else Graph().parse(data=response.text, format=form)
    assert len(found) >= 80


def test_formats_that_do_not_exist(http):
    assert ask(http, SELECT, "image/png").status_code == 406
    assert ask(http, SELECT, "text/turtle").status_code == 406
    assert ask(http, SELECT, format="pdf").status_code == 400
    assert ask(http, SELECT, format="csv").headers["Content-Type"].startswith("text/csv")


def test_post_with_a_form_and_direct(http):
    form = http.post("/sparql", data={"query": ASK})
    assert form.json()["boolean"] is True
    direct = http.post(
        "/sparql", content=ASK.encode(), headers={"Content-Type": "application/sparql-query"}
    )
    assert direct.json()["boolean"] is True


def test_the_dataset_of_the_protocol(http):
    graph = ask(http, SELECT).json()["results"]["bindings"][0]["s"]["value"]
    for response in (
        ask(http, SELECT, **{"default-graph-uri": graph}),
        http.post("/sparql", data={"query": SELECT, "default-graph-uri": graph}),
        http.post(
            "/sparql?" + urlencode({"default-graph-uri": graph}),
            content=SELECT.encode(),
            headers={"Content-Type": "application/sparql-query"},
        ),
    ):
        assert len(response.json()["results"]["bindings"]) == 1
    named = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    found = ask(http, named, **{"named-graph-uri": graph}).json()["results"]["bindings"]
    assert [each["g"]["value"] for each in found] == [graph]


def test_head_and_options(http):
    head = http.head("/sparql", params={"query": ASK})
    assert head.status_code == 200
    assert head.content == b""
    options = http.options("/sparql")
    assert options.status_code == 204
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
    assert http.put("/sparql", content=b"").status_code == 405


@pytest.mark.parametrize(
    ("method", "kwargs", "status"),
    [
        ("GET", {"params": [("query", ASK), ("query", ASK)]}, 400),
        ("GET", {"params": {"query": " "}}, 400),
        ("GET", {"params": {"query": "SELECT"}}, 400),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 400),
        ("GET", {"params": {"query": "CLEAR ALL"}}, 400),
        ("GET", {"params": {"query": "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"}}, 400),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 400),
        ("POST", {"data": {"q": ASK}}, 400),
        ("POST", {"content": b"CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}, 400),
        ("POST", {"content": ASK.encode(), "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", {"content": ASK.encode("utf-16"), "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ("POST", {"data": {"query": ASK + " #" + "x" * 100_001}}, 413),
    ],
)  # fmt: skip
def test_wrong_requests_are_problems(http, method, kwargs, status):
    response = http.request(method, "/sparql", **kwargs)
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json()["detail"]


def test_syntax_errors_say_where(http):
    problem = ask(http, "SELECT * WHERE {\n  ?s ?p }").json()
    assert problem["code"] == "query-syntax"
    assert problem["line"] == 2


def test_without_a_query_the_service_describes_itself(http):
    response = http.get("/sparql")
    description = Graph().parse(data=response.text, format="turtle", publicID=str(response.url))
    assert len(description) > 5


@pytest.mark.parametrize("sample", samples(), ids=lambda each: each.name)
def test_every_sample_query_answers(http, sample):
    response = ask(http, sample.text)
    assert response.status_code == 200, response.text
    if "json" in response.headers["Content-Type"]:
        assert response.json()["results"]["bindings"], "a sample should show something"
    else:
        assert len(Graph().parse(data=response.text, format="turtle")) > 3
    page = http.get("/sparql?query=" + quote(sample.text), headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert sample.explanation in page.text
    assert "没有执行" not in page.text


def test_the_editor_shows_errors_and_escapes_results(http):
    wrong = http.get("/sparql?query=SELEC", headers={"Accept": "text/html"})
    assert wrong.status_code == 400
    assert "没有执行" in wrong.text
    hostile = 'SELECT ("<script>alert(1)</script>" AS ?x) { }'
    page = http.get("/sparql", params={"query": hostile}, headers={"Accept": "text/html"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
