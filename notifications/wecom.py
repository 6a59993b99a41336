"""企业微信应用: a message to one person, by their account, through the office's own application."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.channel import Manners, Rate
from notifications.message import Accepted, Answer, Message, Refused
from notifications.posting import TIMEOUT, Poster, Reply
from notifications.splitting import numbered, utf8
from notifications.understanding import MINUTE, Meaning, understood

MOST = 2048
"""Bytes; what is longer WeCom cuts off without a word."""
MANNERS = Manners(rates=(Rate(25, timedelta(minutes=1)), Rate(900, timedelta(hours=1))), rings=True)
SAME_WITHIN = timedelta(hours=4)
"""WeCom drops an identical message within this time (it remembers no longer), so a part in doubt is shown once."""
TOKEN_SPENT = frozenset({"40014", "41001", "42001"})
MARGIN = timedelta(minutes=5)
"""A token is renewed so long before it ends."""
MEANINGS = {
    -1: Meaning("企业微信系统繁忙", later=True),
    40001: Meaning("应用的 secret 不对"),
    40013: Meaning("企业 corpid 不对"),
    40014: Meaning("令牌无效", later=True),
    40056: Meaning("应用 agentid 不对"),
    41001: Meaning("缺少令牌", later=True),
    42001: Meaning("令牌已过期", later=True),
    44004: Meaning("消息是空的"),
    45009: Meaning("发得太快", later=True, wait=MINUTE),
    45033: Meaning("同时发得太多", later=True, wait=MINUTE),
    48002: Meaning("应用没有发消息的权限"),
    60011: Meaning("应用没有权限"),
    60020: Meaning("本机地址不在应用的可信 IP 里"),
    60111: Meaning("没有这个账号"),
    81013: Meaning("账号不存在，或不在应用的可见范围内"),
    82001: Meaning("没有写收件人"),
    301002: Meaning("secret 与 agentid 不是同一个应用"),
}


@dataclass(slots=True)
class WeCom:
    """`base` is WeCom's own address, or that of a 政务微信 on the premises."""

    base: str
    corp: str
    agent: int
    secret: str
    timeout: float = TIMEOUT
    manners: Manners = MANNERS
    _token: tuple[str, datetime] | None = None
    _poster: Poster = field(init=False)

    def __post_init__(self) -> None:
        self._poster = Poster(self.timeout)

    @classmethod
    def from_settings(cls, settings: Settings) -> "WeCom | None":
        corp, agent, secret = settings.wecom_corp, settings.wecom_agent, settings.wecom_secret
        if corp is None or agent is None or secret is None:
            return None
        return cls(settings.wecom_url.rstrip("/"), corp, agent, secret)

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.wecom

    def parts(self, message: Message) -> Sequence[Message]:
        return numbered(replace(message, text=f"{message.subject}\n\n{message.text}"), utf8, MOST)

    def send(self, part: Message) -> Answer:
        """One part; a token that WeCom no longer honours is fetched anew, once."""
        answer = self._try(part)
        if isinstance(answer, Refused) and answer.code in TOKEN_SPENT:
            self._token = None
            answer = self._try(part)
        return answer

    def _try(self, part: Message) -> Answer:
        token = self._take_token(part.at)
        if isinstance(token, Refused):
            return token
        content = {
            "touser": part.address,
            "msgtype": "text",
            "agentid": self.agent,
            "text": {"content": part.text},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": int(SAME_WITHIN.total_seconds()),
        }
        url = f"{self.base}/cgi-bin/message/send?{urlencode({'access_token': token})}"
        reply = self._poster.post_json(url, content)
        return reply if isinstance(reply, Refused) else _understood(reply)

    def _take_token(self, now: datetime) -> str | Refused:
        if self._token is not None and now < self._token[1]:
            return self._token[0]
        asked = urlencode({"corpid": self.corp, "corpsecret": self.secret})
        reply = self._poster.get(f"{self.base}/cgi-bin/gettoken?{asked}")
        if isinstance(reply, Refused):
            return reply
        answer = understood(reply, "errcode", MEANINGS)
        if isinstance(answer, Refused):
            return answer
        said = reply.said()
        token, lasts = str(said["access_token"]), timedelta(seconds=int(said["expires_in"]))
        self._token = token, now + max(lasts - MARGIN, lasts / 2)
        return token


def _understood(reply: Reply) -> Answer:
    """Accepted only where nobody is left out: WeCom says 0 also when the one person it was for does not exist."""
    answer = understood(reply, "errcode", MEANINGS)
    for out, words in (("invaliduser", MEANINGS[81013].words), ("unlicenseduser", "账号没有接口许可")):
        if isinstance(answer, Accepted) and reply.said().get(out):
            return Refused(out, f"{words}：{reply.detail}", permanent=True)
    return answer
