"""One of several processes that want the same period: started by tests of the run ledger, told what to do by lines.

python -m tests.contender URL SCHEME_ID ORIGIN NOW   then on stdin "run" (do the work) and, while holding it, "end".
"""

import os
import sys
from datetime import date, datetime

from diaodu.rules.schedule import Origin
from diaodu.storage import ledger
from diaodu.storage.engine import open_engine
from diaodu.storage.run import Job, Lease, note


def main(url: str, scheme_id: str, origin: str, now: str) -> None:
    engine, moment = open_engine(url), datetime.fromisoformat(now)
    job = Job(int(scheme_id), "cycle", date(2023, 10, 31), Origin(origin))

    def work(lease: Lease) -> None:
        with ledger.held(engine, lease, lambda: moment) as session:
            note(session, lease, "work", [(f"process {os.getpid()}", "done", None)])
        say("holding")
        hear("end")

    say("ready")
    hear("run")
    try:
        say(f"done {ledger.once(engine, job, f'process {os.getpid()}', work, now=lambda: moment).attempt}")
    except ledger.NotRun as refused:
        say(f"refused {refused.why}")


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def hear(word: str) -> None:
    assert sys.stdin.readline().strip() == word


if __name__ == "__main__":
    main(*sys.argv[1:])
