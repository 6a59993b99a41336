"""What a published briefing may name: levels that a policy withholds (不通报) are counted there, not named.

A unit's own sheet is not published: it names what the unit has.
"""

from diaodu.briefing.narrowing import Stored


def published(facts: Stored) -> Stored:
    """The facts without who has a withheld level; every count stays."""
    whole = facts.get("whole_units") or {"levels": []}
    codes = {level["code"] for level in facts["levels"] if level.get("withheld")}
    of_units = {level["code"] for level in whole["levels"] if level.get("withheld")}
    if not codes and not of_units:
        return facts
    hidden = _Hidden(facts, codes, of_units)
    told = facts | {"indicators": [hidden.indicator(one) for one in facts["indicators"]]}
    if facts.get("warned"):
        told["warned"] = [one for one in facts["warned"] if not hidden.code(one)]
    if life := facts.get("obligations"):
        told["obligations"] = life | {"items": [one for one in life["items"] if not hidden.name(one)]}
    if facts.get("whole_units"):
        cards = [level | {"units": []} if level["code"] in of_units else level for level in whole["levels"]]
        told["whole_units"] = whole | {"levels": cards}
    return told


class _Hidden:
    """Which levels are withheld, by code and by name, of tasks and of whole units."""

    def __init__(self, facts: Stored, codes: set[str], of_units: set[str]) -> None:
        self.codes, self.of_units = codes, of_units
        cards = (facts.get("whole_units") or {"levels": []})["levels"]
        self.names = {level["name"] for level in facts["levels"] if level["code"] in codes}
        self.names_of_units = {level["name"] for level in cards if level["code"] in of_units}

    def code(self, one: Stored) -> bool:
        return one["level"] in (self.codes if one["indicator"] else self.of_units)

    def name(self, one: Stored) -> bool:
        return one["level"] in (self.names if one["indicator"] else self.names_of_units)

    def indicator(self, one: Stored) -> Stored:
        return one | {"entries": [self._entry(entry) for entry in one["entries"]]}

    def _entry(self, entry: Stored) -> Stored:
        """Without the level it came from where either level is withheld: a movement tells both."""
        since = entry.get("since")
        if not since or not (entry["level"] in self.codes or since.get("level") in self.names):
            return entry
        return entry | {"since": since | {"level": None, "severity": None}}
