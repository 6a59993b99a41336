"""The process that opens templates nobody has checked: it checks one, or fills one in for many documents.

It reads `{"size": …, "words": "notice", "facts": […] or null}` on one line and then the template, and answers with one
JSON object.
"""

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from diaodu.briefing.template_check import check
from diaodu.briefing.template_fault import TemplateFault, TemplateRefused
from diaodu.briefing.template_vocabulary import VOCABULARIES, Vocabulary
from diaodu.briefing.template_word import Form
from diaodu.confined import Died, ask, limit
from diaodu.language import _


def main() -> None:
    """Do what the parent asks."""
    limit()
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(asked["size"])
    sys.stdout.buffer.write(
        json.dumps(_answer(data, VOCABULARIES[asked["words"]], asked["facts"]), ensure_ascii=False).encode()
    )


def _answer(data: bytes, words: Vocabulary, facts: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    if facts is None:
        return {"faults": [asdict(fault) for fault in check(data, words)]}
    try:
        form = Form(data, words)
    except TemplateRefused as refused:
        return {"faults": [asdict(fault) for fault in refused.faults]}
    return {"files": [b64encode(form.filled(one)).decode() for one in facts]}


def checked(data: bytes, words: str = "notice") -> list[TemplateFault]:
    """Everything that is wrong with a template of notices or briefings (`words`), and advice."""
    try:
        return [TemplateFault(**fault) for fault in _asked(data, words, None)["faults"]]
    except TemplateRefused as refused:
        return refused.faults


def filled(data: bytes, facts: Sequence[Mapping[str, Any]], words: str = "notice") -> list[bytes]:
    """One Word file for each of `facts`; raises TemplateRefused."""
    answer = _asked(data, words, facts)
    if "faults" in answer:
        raise TemplateRefused([TemplateFault(**fault) for fault in answer["faults"]])
    return [b64decode(file) for file in answer["files"]]


def _asked(data: bytes, words: str, facts: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    about = json.dumps({"size": len(data), "words": words, "facts": facts}, ensure_ascii=False).encode()
    try:
        answer = ask("diaodu.briefing.template_confined", about + b"\n" + data)
    except Died:
        fault = TemplateFault(_("文件"), "", _("在限定的内存和时间内用不了"), _("请从“diaodu template export”重新改起"))
        raise TemplateRefused([fault]) from None
    found: dict[str, Any] = json.loads(answer)
    return found


if __name__ == "__main__":
    main()
