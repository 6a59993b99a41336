"""A real browser for tests of pages: it reaches only the loopback, and says everything that is wrong with a page.

`Visitor.look(path, width)` gives the Playwright page, after it has checked that nothing was refused or complained of
in the console, that nothing came from elsewhere, that the page as a whole needs no sideways scrolling, and that axe has
no objection. A table too wide for a phone goes into a `<section tabindex="0" aria-labelledby="…">`, which scrolls by
itself and can be reached by keyboard.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ALONE = (
    "--no-sandbox",  # tests may run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
DESKTOP, PHONE = 1280, 390
"""Widths in CSS pixels at which every page is looked at."""
AXE = Path(__file__).parent / "axe"
OBJECTIONS = """async () => (await axe.run()).violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${rule.help} ${node.target.join(' ')} ${node.failureSummary}`))"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. Not for a whole test session: while it is open its thread counts as running an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ALONE))
        yield browser
        browser.close()


class Visitor:
    """Somebody who looks at one site."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url.rstrip("/")

    def look(self, path: str, width: int = DESKTOP) -> Page:
        """The page, once it is known to be sound."""
        context = self._browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.extend(_elsewhere(asked.url, self._url)))
        page.goto(f"{self._url}{path}")
        assert not complaints, complaints
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways at {width}"
        assert (objections := objections_of(page)) == [], "\n".join(objections)
        return page


def objections_of(page: Page) -> list[str]:
    """What axe has to object to, in Chinese, with the element it is about."""
    page.evaluate((AXE / "axe.min.js").read_text(encoding="utf-8"))
    locale = json.loads((AXE / "zh_CN.json").read_text(encoding="utf-8"))
    page.evaluate("locale => axe.configure({locale})", locale)
    return [re.sub(r"\s+", " ", said) for said in page.evaluate(OBJECTIONS)]


def _elsewhere(url: str, home: str) -> list[str]:
    return [] if url.startswith((home, "data:")) else [f"asks for {url}"]
