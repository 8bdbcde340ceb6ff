"""The search page, and the home page it is when nothing is asked (检索页)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, render_template, request, url_for

from ontology.divisions import divisions
from web.current import engine
from web.pages import results
from web.questions import FILTERS, SearchArgs, chips, link, read, to_query

if TYPE_CHECKING:
    from search.answers import Results
    from search.engine import Stats

blueprint = Blueprint("pages", __name__)

EXAMPLES: Final = ("培训合格率", "群众满不满意", "补贴按时发放", "受益人数", "就业", "成本控制")
"""Words that nearly every corpus answers, and that show literal and semantic matches."""
_LISTED: Final = 50


@blueprint.get("/")
def search() -> str:
    settings = current_app.config["SETTINGS"]
    args = read(request.args.to_dict(flat=False), settings)
    asked = args.q or any(getattr(args, name) not in (None, []) for name in FILTERS)
    if not asked:
        return _home(args)
    found = engine().search(to_query(args, settings))
    path = url_for("pages.search")
    return render_template(
        "search.html",
        args=args,
        filter_names=FILTERS,
        results=found,
        groups=results.groups(path, args, found),
        chips=chips(path, args, _labels(args, found)),
        pages=results.pages(path, args, found),
        cleared=link(path, args, **_nothing()),
        hybrid=link(path, args, mode="hybrid"),
        first_page=link(path, args),
        json_url=link(url_for("api.search"), args, page=args.page),
        examples=EXAMPLES,
        badges=results.badges,
        part_label=results.part_label,
    )


@blueprint.get("/about")
def about() -> str:
    return render_template("about.html", counts=engine().stats())


def _home(args: SearchArgs) -> str:
    counts = engine().stats()
    documents = engine().documents()
    return render_template(
        "home.html",
        args=args,
        filter_names=FILTERS,
        examples=EXAMPLES,
        totals=_totals(counts),
        documents=documents[:_LISTED],
        more_documents=len(documents) - _LISTED,
    )


def _nothing() -> dict[str, object]:
    """No filter at all."""
    return {name: SearchArgs.model_fields[name].default for name in FILTERS}


def _labels(args: SearchArgs, found: Results) -> dict[str, str]:
    """Words for filter values that are codes: from the facets, else from the register."""
    labels = {
        value.value: value.label
        for name in ("region", "level1", "level2")
        for value in found.facets.get(name, ())
    }
    for code in (*args.region, *args.not_region):
        division = divisions().get(code)
        if division and code not in labels:
            labels[code] = division.name
    return labels


def _totals(counts: Stats) -> list[tuple[str, int]]:
    return [
        ("文件", counts.documents),
        ("项目", counts.projects),
        ("指标", counts.indicators),
        ("立项依据", counts.bases),
    ]
