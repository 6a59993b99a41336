"""短信, through whatever HTTP gateway the office has: what it is sent and how it says yes are settings."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from string import Template
from urllib.parse import quote_plus

import jmespath

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.channel import Manners, Rate
from notifications.message import Accepted, Answer, Message, Refused
from notifications.posting import TIMEOUT, Poster, Reply
from notifications.splitting import in_sms, numbered

ALONE, TOGETHER = 70, 67
"""Characters of a short message by itself, and of one of several."""
MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(slots=True)
class Sms:
    """`url` and `body` are templates with $phone, $text and $key; without a body the gateway is asked with GET.

    `result` finds the code in a JSON answer (JMESPath); without it the answer's first word is the code.
    """

    url: str
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str = "utf-8"
    signature: str = ""
    result: str | None = None
    accepted: Sequence[str] = ("0",)
    later: Sequence[str] = ()
    most_an_hour: int = 20
    timeout: float = TIMEOUT
    _poster: Poster = field(init=False)

    def __post_init__(self) -> None:
        self._poster = Poster(self.timeout)

    @property
    def manners(self) -> Manners:
        return Manners(rates=(Rate(self.most_an_hour, timedelta(hours=1)),), rings=True)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Sms | None":
        if settings.sms_url is None:
            return None
        return cls(
            settings.sms_url,
            settings.sms_body,
            settings.sms_headers,
            settings.sms_charset,
            settings.sms_signature,
            settings.sms_result,
            settings.sms_accepted,
            settings.sms_later,
            settings.sms_most_an_hour,
        )

    def reach(self, recipient: Recipient) -> str | None:
        """A mobile number; a desk telephone takes no messages."""
        digits = re.sub(r"[\s\-()（）]", "", recipient.phone or "")
        digits = re.sub(r"^(\+|00)?86(?=1)", "", digits)
        return digits if MOBILE.fullmatch(digits) else None

    def parts(self, message: Message) -> Sequence[Message]:
        """The signature stands before every part and counts."""
        said = replace(message, text=f"{message.subject}\n{message.text}".strip())
        taken = in_sms(self.signature)
        return numbered(said, in_sms, TOGETHER - taken, ALONE - taken)

    def send(self, part: Message) -> Answer:
        fields = {"phone": part.address, "text": self.signature + part.text, "key": part.key}
        try:
            url = Template(self.url).substitute({name: self._quoted(value) for name, value in fields.items()})
            content = None if self.body is None else self._filled(self.body, fields)
        except (KeyError, ValueError, LookupError) as wrong:  # a template, charset or character that is none
            return Refused("unwritable", f"短信模板或字符集不对：{wrong!r}", permanent=True)
        reply = (
            self._poster.get(url, self.headers) if content is None else self._poster.post(url, content, self._headers())
        )
        return reply if isinstance(reply, Refused) else self._understood(reply)

    def _headers(self) -> dict[str, str]:
        usual = {"content-type": f"application/x-www-form-urlencoded; charset={self.charset}"}
        return usual | {name.lower(): value for name, value in self.headers.items()}

    def _filled(self, body: str, fields: Mapping[str, str]) -> bytes:
        write = _in_json if "json" in self._headers()["content-type"] else self._quoted
        return Template(body).substitute({name: write(value) for name, value in fields.items()}).encode(self.charset)

    def _quoted(self, value: str) -> str:
        return quote_plus(value, encoding=self.charset, errors="strict")

    def _understood(self, reply: Reply) -> Answer:
        if self.result is None:
            first = re.match(r"\s*([^\s,;|&]*)", reply.body.decode(self.charset, "replace"))
            code = first[1] if first else ""
        else:
            found = jmespath.search(self.result, reply.said())
            code = "" if found is None else str(found)
        if code in self.accepted:
            return Accepted()
        return Refused(
            code or "unreadable", reply.detail, permanent=bool(code) and code not in self.later, wait=reply.wait
        )


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]
