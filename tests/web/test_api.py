import json

from rdflib import Graph

from ontology.model import Extraction


def test_search_has_the_shape_of_the_contract(client):
    found = client.get("/api/v1/search?q=培训合格率&size=3").json
    assert found["total"] >= 3
    assert len(found["results"]) == 3
    assert found["took_ms"] >= 0
    wanted = {
        "iri", "name", "level1", "level2", "value_text", "project", "region", "year", "score", "why",
    }  # fmt: skip
    assert wanted <= set(found["results"][0])


def test_repeated_filters_are_alternatives(client):
    one = client.get("/api/v1/search?year=2023").json["total"]
    other = client.get("/api/v1/search?year=2024").json["total"]
    both = client.get("/api/v1/search?year=2023&year=2024").json["total"]
    assert max(one, other) < both <= one + other  # rows shared by both years are one hit


def test_stats_and_cross_origin(client):
    response = client.get("/api/v1/stats")
    assert response.json["documents"] == 5
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_openapi_lists_the_parameters(client):
    spec = client.get("/api/openapi.json").json
    names = {each["name"] for each in spec["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert {"q", "mode", "region", "not_region", "year", "level2", "numeric"} <= names


def test_unknown_routes_are_problems(client):
    response = client.get("/api/v1/nothing", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == 404


def test_twins_of_things(client):
    hit = client.get("/api/v1/search?q=就业&size=1").json["results"][0]
    document = client.get(f"/document/{hit['document_key']}.json").json
    document.pop("iri")
    assert Extraction.from_dict(document).projects
    row = client.get(f"/indicator/{hit['key']}.json").json
    assert (row["name"], row["value_text"]) == (hit["name"], hit["value_text"])
    for kind, key in (
        ("indicator", hit["key"]),
        ("project", f"{hit['document_key']}-p1"),
        ("document", hit["document_key"]),
        ("region", hit["region_code"]),
    ):
        turtle = client.get(f"/{kind}/{key}.ttl")
        assert turtle.mimetype == "text/turtle"
        assert len(Graph().parse(data=turtle.text, format="turtle")) > 3
        assert json.loads(client.get(f"/{kind}/{key}.json").text)


def test_unknown_twins_are_problems(client):
    for path in ("/indicator/x.json", "/project/x.ttl", "/document/x.json", "/region/1.ttl"):
        response = client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 404
        assert response.content_type == "application/problem+json"
