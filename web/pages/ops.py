"""For whoever runs the service: is it alive, is it ready, how busy is it (运行状况)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, current_app, g, jsonify, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)

from web.current import engine

if TYPE_CHECKING:
    from flask import Flask

blueprint = Blueprint("ops", __name__)

_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def count_requests(app: Flask) -> None:
    """Count and time every request, by route and never by what was asked."""
    registry = CollectorRegistry()
    seconds = Histogram(
        "jixiao_request_seconds",
        "Time to answer a request",
        ("route", "method"),
        registry=registry,
        buckets=_BUCKETS,
    )
    answers = Counter("jixiao_responses", "Responses by status", ("status",), registry=registry)
    app.extensions["jixiao-metrics"] = registry

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        taken = time.perf_counter() - g.get("started", time.perf_counter())
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in _METHODS else "other"
        seconds.labels(route, method).observe(taken)
        answers.labels(str(response.status_code)).inc()
        response.headers["Server-Timing"] = f"app;dur={taken * 1000:.1f}"
        return response


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """There is data to answer from (503 while there is none)."""
    version = engine().version
    response = jsonify(status="ready" if version else "empty", version=version)
    response.status_code = 200 if version else 503
    return response


@blueprint.get("/metrics")
def metrics() -> Response:
    registry = current_app.extensions["jixiao-metrics"]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
