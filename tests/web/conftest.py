"""What tests of pages share: the site on the loopback, a client, and a browser that checks every page it looks at."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine

from diaodu.web.site import Site
from tests.web.browser import Visitor, chromium
from tests.web.listening import listening, site


@pytest.fixture
def here(engine: Engine) -> Iterator[Site]:
    """The site on an empty database, its machine standing still; its clock says `listening.NOW`."""
    made = site(engine)
    yield made
    made.machine.stop()


@pytest.fixture
def client(here: Site) -> Iterator[httpx.Client]:
    """Speaks to the site."""
    with listening(here) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visitor(browser: Browser, client: httpx.Client) -> Visitor:
    """Looks at pages of the site: `visitor.look("/", PHONE)`."""
    return Visitor(browser, str(client.base_url))
