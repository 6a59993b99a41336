"""Plain messages as Markdown for robots that show it: subject in bold, lists as lists, and no word taken for markup."""

import re

from notifications.message import Message
from notifications.splitting import between_characters

BOLD_AT_MOST = 100
"""Characters; what is longer stays plain, so that every part has room for a bold span."""
LOOKALIKES = str.maketrans("*_`~[]<>|\\", "＊＿｀～［］＜＞｜＼")
"""Signs that Markdown would take for its own, in the form that Chinese print has for them."""
ADDRESS = re.compile(r"(https?://[^\s，。；、）＞》]+)")
LINE_BEGINS = re.compile(r"^(\s*)(#+|(?:[-+=]+|[0-9]+\))(?=\s|$))")
BOLD = re.compile(r"\*\*[^*\n]+\*\*")


def in_markdown(message: Message, line_break: str = "\n") -> str:
    """The message's subject and text; `line_break` is what the provider shows as the end of a line."""
    subject = plain(message.subject)
    head = f"**{subject}**" if subject and len(subject) <= BOLD_AT_MOST else subject
    lines = [plain(line.rstrip()) for line in message.text.strip().splitlines()]
    return line_break.join([head, "", *lines])


def plain(text: str) -> str:
    """A line in which nothing is markup, but addresses as they are; a numbered line stays one of a list."""
    parts = ADDRESS.split(text)
    spoken = "".join(part if n % 2 else part.translate(LOOKALIKES) for n, part in enumerate(parts))
    return LINE_BEGINS.sub(lambda found: f"{found[1]}\u200b{found[2]}", spoken)


def between_markup(text: str, cut: int) -> bool:
    """Whether the cut parts no bold span, no address, and no number of a list from its line."""
    spans = [*BOLD.finditer(text), *ADDRESS.finditer(text)]
    begins = re.match(r"[0-9]+\. ?", text[text.rfind("\n", 0, cut) + 1 :])
    after_break = cut - (text.rfind("\n", 0, cut) + 1)
    in_number = begins is not None and 0 < after_break < begins.end()
    return between_characters(text, cut) and not in_number and not any(s.start() < cut < s.end() for s in spans)
