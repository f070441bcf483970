"""HTML pages in a real browser: no serious fault of accessibility (axe-core), nothing fetched, nothing wider than a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from country_reports.records import read_record
from tests.conftest import DAY, EXAMPLES, ROOT, program
from transfers.assessment import assess
from transfers.documents.blocks import House
from transfers.documents.tia import by_destination
from transfers.documents.tia_document import tia_document
from transfers.documents.writers import WRITERS
from transfers.knowledge import Knowledge
from transfers.route import Route

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = (
    "const done = arguments[0]; axe.run(document).then(found => done(found.violations), told => done(String(told)));"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=390,844",
    ):
        options.add_argument(switch)
    found = Chrome(options=options, service=ChromeService(program("chromedriver")))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of one route, and one of several."""
    folder = tmp_path_factory.mktemp("pages")
    knowledge = Knowledge(ROOT / "examples" / "workspace")
    routes = [assess(read_record(path, Route), knowledge, date.fromisoformat(DAY)) for path in EXAMPLES]
    found = {}
    for tia in by_destination(routes, knowledge.hub):
        found[tia.destination] = folder / f"{tia.destination}.html"
        page = WRITERS["html"](tia_document(tia, house=House("Confidential")))
        found[tia.destination].write_text(page, encoding="utf-8")
    return found


@pytest.mark.parametrize("destination", ["GB", "IN"])
def test_a_page_has_no_fault_of_accessibility(destination: str, browser: Chrome, pages: dict[str, Path]) -> None:
    browser.get(pages[destination].as_uri())
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE})
    found = browser.execute_async_script(RUN_AXE)
    assert isinstance(found, list), found
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in serious]
    assert not [one["id"] for one in found], "faults that are not serious"


def test_a_page_fits_a_small_screen_and_fetches_nothing(browser: Chrome, pages: dict[str, Path]) -> None:
    browser.get(pages["CA"].as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert (
        browser.execute_script(
            "return performance.getEntriesByType('resource').filter(one => !one.name.startsWith('data:')).length"
        )
        == 0
    )
    assert browser.execute_script("return [...document.images].every(one => one.complete && one.naturalWidth > 0)")
    assert not browser.get_log("browser")  # type: ignore[no-untyped-call]  # selenium has no types for it
