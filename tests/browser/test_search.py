import re

import pytest


def test_a_drafter_follows_a_hit_to_its_printed_line(page):
    page.goto("/")
    page.get_by_label("检索绩效指标").fill("培训合格率")
    page.get_by_role("button", name="检索").click()
    hits = page.locator(".hit")
    assert hits.count() >= 3
    first = hits.first
    assert "合格率" in first.locator("h2").inner_text()
    assert first.locator("mark").count() >= 1
    name = first.locator("h2").inner_text()
    first.locator("h2 a").click()
    assert page.locator("h1").inner_text() == name
    assert page.locator(".source .around").count() == 1
    page.get_by_role("link", name=re.compile("在整份原文里看")).click()
    line = page.locator(".source :target")
    assert line.count() == 1
    assert "合格率" in line.inner_text()
    marked = line.evaluate("each => getComputedStyle(each).backgroundColor")
    other = (
        page.locator(".source > div")
        .nth(0)
        .evaluate("each => getComputedStyle(each).backgroundColor")
    )
    assert marked != other
    assert line.evaluate(
        "each => { const box = each.getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight }"
    )


def test_facets_narrow_the_results_and_chips_widen_them_again(page):
    page.goto("/?q=培训")
    before = page.locator(".count h1").inner_text()
    page.locator("[aria-labelledby=facet-level2] a").first.click()
    assert page.locator(".chips li").count() == 1
    assert page.locator(".count h1").inner_text() != before
    page.locator(".chips a").first.click()
    assert page.locator(".count h1").inner_text() == before


def test_the_keyboard_alone_is_enough(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("检索绩效指标").focus()
    page.keyboard.type("满意度")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")


@pytest.mark.parametrize("width", [390, 768, 1366])
@pytest.mark.parametrize("path", ["/", "/?q=满意度", "/about", "/sparql", "/nowhere"])
def test_no_page_is_wider_than_its_window(page, complaints, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if path == "/nowhere":  # the console reports the 404 itself
        assert len(complaints) == 1
        complaints.clear()


def test_targets_are_large_enough_for_fingers(page):
    page.goto("/?q=满意度")
    small = page.evaluate(
        """[...document.querySelectorAll('nav a, .facets a, .chips a, .pages a, button, summary')]
        .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44)
        .map(each => each.outerHTML)"""
    )
    assert small == []
