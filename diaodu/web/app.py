"""The site: our pages first, Prefect's mounted behind them, both alive as long as the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from diaodu.web import calendar, collection, health, warning
from diaodu.web.site import Site

STATIC = Path(__file__).parent / "static"


def build(site: Site, engine: FastAPI) -> FastAPI:
    """The whole site; `engine` is Prefect's server, whose start and end FastAPI would not see to."""

    @asynccontextmanager
    async def alive(_app: FastAPI) -> AsyncIterator[None]:
        async with engine.router.lifespan_context(engine):
            yield

    app = FastAPI(title="调度", lifespan=alive, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    app.include_router(health.router)
    app.include_router(collection.router)
    app.include_router(warning.router)
    app.include_router(calendar.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/", engine)  # last: it answers to everything
    return app
