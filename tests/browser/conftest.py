from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail(
            "浏览器测试需要 chromium：运行 tests/browser/install.sh，或用系统的包管理器安装"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """What the browser's console said, CSP violations and script errors first of all."""
    return []


@pytest.fixture
def page(chromium, address, complaints):
    context = chromium.new_context(
        base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on(
        "console",
        lambda message: message.type in ("error", "warning") and complaints.append(message.text),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    yield page
    context.close()
    assert complaints == []
