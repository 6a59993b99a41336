"""Which job runs when: data, given to every scheme when it is first seen and changed by the office afterwards."""

from diaodu.rules.schedule import CatchUp

TIMETABLE: tuple[tuple[str, str, CatchUp], ...] = (
    # job, when (`rules.occasion`), what happens to missed times (`rules.schedule`)
    ("collect", "workdays 08:00", CatchUp.ONCE),  # whoever reports late is not waited for until the next period
    ("cycle", "due +1 08:30", CatchUp.EACH),  # by then a report that is missing is overdue
)
