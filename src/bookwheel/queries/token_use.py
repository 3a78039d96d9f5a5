"""How many tokens of language models a reader used, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import F, Sum

from bookwheel.models import Reader, TokenUse

DAYS = 30


@dataclass(frozen=True)
class ModelUse:
    """One model's work for a reader in the last 30 days."""

    model: str
    answers: int
    prompt: int
    completion: int
    cost: float


def today() -> date:
    """The day on which tokens are counted now: UTC's, the same for everybody."""
    return datetime.now(UTC).date()


def used_today(reader: Reader) -> int:
    """Tokens given to models and written by them."""
    rows = TokenUse.objects.filter(reader=reader, day=today())
    return rows.aggregate(all=Sum(F("prompt") + F("completion")))["all"] or 0


def model_uses(reader: Reader) -> list[ModelUse]:
    """By model, the most used first."""
    rows = TokenUse.objects.filter(reader=reader, day__gt=today() - timedelta(days=DAYS))
    sums = rows.values("model").annotate(
        Sum("answers"), Sum("prompt"), Sum("completion"), Sum("cost")
    )
    found = [
        ModelUse(
            row["model"],
            row["answers__sum"],
            row["prompt__sum"],
            row["completion__sum"],
            row["cost__sum"],
        )
        for row in sums
    ]
    return sorted(found, key=lambda one: -(one.prompt + one.completion))
