"""A hand that fills in forms in LibreOffice, run by the Python that LibreOffice comes with: see `office.py`.

Reads {"file", "out", "filter", "sheet", "cells": {"F5": "120万元", …}, "look": ["F5", …]} from standard input, types
the texts as a person would, saves, and answers with what the cells looked at say and which notes hang on them.
"""

import json
import sys
from pathlib import Path

import uno  # noqa: F401  (tells Python where the others are)

# isort: split
import officehelper
from com.sun.star.beans import PropertyValue


def option(name: str, value: object) -> PropertyValue:
    return PropertyValue(name, 0, value, 0)


def main() -> None:
    asked = json.load(sys.stdin)
    office = officehelper.bootstrap()
    desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    try:
        hidden = (option("Hidden", True),)
        book = desktop.loadComponentFromURL(Path(asked["file"]).as_uri(), "_blank", 0, hidden)
        sheet = book.Sheets.getByName(asked["sheet"])
        for place, typed in asked["cells"].items():
            cell = sheet.getCellRangeByName(place)
            assert not (sheet.isProtected() and cell.CellProtection.IsLocked), f"{place} is locked"
            cell.setFormula(typed)
        notes = {}
        for number in range(sheet.Annotations.Count):
            note = sheet.Annotations.getByIndex(number)
            notes[f"{note.Position.Column},{note.Position.Row}"] = note.String
        said = {place: sheet.getCellRangeByName(place).String for place in asked["look"]}
        sheets = {name: book.Sheets.getByName(name).IsVisible for name in book.Sheets.ElementNames}
        book.storeToURL(Path(asked["out"]).as_uri(), (option("FilterName", asked["filter"]),))
        book.close(True)
        json.dump({"said": said, "notes": notes, "sheets": sheets}, sys.stdout)
    finally:
        desktop.terminate()


if __name__ == "__main__":
    main()
