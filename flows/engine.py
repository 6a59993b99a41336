"""Steps run as Prefect flows, for those who watch the machine: the only file that knows Prefect.

Nothing is decided here. Whether a run starts, is tried again, or counts as done, the run ledger knows.
"""

import inspect
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from fastapi import FastAPI
from prefect import Flow, Task, get_client
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.filters import FlowRunFilter
from prefect.server.api.server import create_app
from prefect.server.database import configurations
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Crashed
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

from diaodu.storage.run import Lease

MANY, ONE = 4, 1
"""Flows at once: more than one only where Prefect's SQLite transactions take their lock at the start."""


def server() -> FastAPI:
    """Prefect's API and site, to be mounted at the root of ours; its lifespan is the caller's to enter."""
    return create_app()


def run_as_flow(lease: Lease, steps: Sequence[tuple[str, Callable[[], None]]]) -> None:
    """Do the steps one after the other as the tasks of a flow; a step's error ends the flow and is raised."""

    def body(scheme_id: int, as_of: date, known_at: datetime, run_id: int) -> None:
        for name, step in steps:
            Task(step, name=name, cache_policy=NO_CACHE, persist_result=False)()

    name = f"{lease.scheme_id}-{lease.as_of}-{lease.attempt}"
    flow = Flow(body, name=lease.job, flow_run_name=name, validate_parameters=False, persist_result=False)
    with temporary_settings(
        {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
    ):  # our lease is the heartbeat; theirs costs a second
        flow(lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)


def bury_the_dead() -> int:
    """Mark the flow runs that a killed process left under way as crashed, and return how many there were."""
    with get_client(sync_client=True) as client:
        left = FlowRunFilter.model_validate({"state": {"type": {"any_": ["RUNNING", "PENDING"]}}})
        runs = client.read_flow_runs(flow_run_filter=left)
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message="The process ended."), force=True)
    return len(runs)


def lock_at_once() -> int:
    """Make Prefect's SQLite transactions begin IMMEDIATE; returns how many flows may then run at once.

    As it is, two flows that start together fail with "database is locked". The patch leans on a private class: where it
    is not as expected, nothing is touched and flows run one at a time.
    """
    if not _is_as_expected():
        return ONE
    configurations.AioSqliteConfiguration.begin_transaction = _begin_immediate  # type: ignore[method-assign]
    return MANY


def _is_as_expected() -> bool:
    owner = getattr(configurations, "AioSqliteConfiguration", object)
    begin = vars(owner).get("begin_transaction")
    if begin is None or not hasattr(getattr(configurations, "SQLITE_BEGIN_MODE", None), "set"):
        return False
    return list(inspect.signature(begin).parameters) == ["self", "session", "with_for_update"]


@asynccontextmanager
async def _begin_immediate(
    self: Any, session: AsyncSession, with_for_update: bool = False
) -> AsyncIterator[AsyncSessionTransaction]:
    token = configurations.SQLITE_BEGIN_MODE.set("IMMEDIATE")
    try:
        async with session.begin() as transaction:
            yield transaction
    finally:
        configurations.SQLITE_BEGIN_MODE.reset(token)
