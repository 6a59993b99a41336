"""汇总: many waiting messages to one address become one, which says all of them."""

from collections.abc import Sequence
from datetime import datetime

from diaodu.rules.routing import DeliveryState
from models.delivery import Delivery


def digest_of(letters: Sequence[Delivery], now: datetime) -> Delivery:
    """One message in the place of several to one address; the first of them names it."""
    first = letters[0]
    return Delivery(
        key=f"digest-{first.id}/{first.key.split('/', 1)[1]}",
        person_id=first.person_id,
        channel=first.channel,
        address=first.address,
        subject=f"{len(letters)}条消息汇总",
        text="\n\n".join(f"【{number}】{one.subject}\n{one.text.strip()}" for number, one in enumerate(letters, 1)),
        html="<hr>".join(one.html for one in letters),
        state=DeliveryState.PENDING,
        not_before=now,
        created_at=now,
    )
