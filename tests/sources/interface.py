"""Somebody's interface as the tests of HTTP sources ask it."""

from datetime import date
from typing import Any

from diaodu.sources import registry
from diaodu.sources.kind import Found
from diaodu.sources.place import Place

OPTIONS: dict[str, Any] = {"indicator": "zb", "unit": "dw", "as_of": "rq", "value": "sz", "seconds": 20}
NOVEMBER = date(2023, 11, 30)


def item(value: object, unit: str = "east") -> dict[str, object]:
    return {"zb": "investment", "dw": unit, "rq": "2023-11-30", "sz": value}


def read(url: str, day: date | None = NOVEMBER, **options: Any) -> Found:
    return registry.read("http", Place(url, {**OPTIONS, **options}, day))


def values(found: Found) -> list[int]:
    return [row.values["value"] for row in found.files[0].rows("reports")]


def read_with_secret(url: str, **options: Any) -> Found:
    place = Place(url, {**OPTIONS, "secret": "stats", **options}, NOVEMBER, secret={"stats": "s3cret"}.__getitem__)
    return registry.read("http", place)
