"""All rows of a reader, so that a test can see that nothing of theirs was touched."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession

from bookwheel import models
from bookwheel.models import (
    Annotation,
    ApiKey,
    Asking,
    Change,
    Conversation,
    DayRead,
    Delivery,
    Digest,
    DigestPlan,
    FeedLink,
    FollowedAuthor,
    ImportDraft,
    MailAddress,
    Mark,
    Memory,
    Message,
    PrivatePaper,
    Reader,
    Reading,
    SavedSearch,
    SharedLink,
    SteeringStep,
    Tag,
    Tagging,
    TagSteering,
    Webhook,
)

# What has a column for its reader.
OWNED = (
    *(
        Annotation,
        ApiKey,
        Change,
        DayRead,
        Digest,
        DigestPlan,
        FeedLink,
        FollowedAuthor,
        ImportDraft,
        MailAddress,
        PrivatePaper,
        Mark,
        models.Place,
        Reading,
    ),
    *(SavedSearch, Tag, Webhook),
)


def belongings(reader: Reader) -> list[Any]:
    """All that is a reader's, for comparing."""
    owned: list[Any] = [
        list(model.objects.filter(reader=reader).order_by("pk").values()) for model in OWNED
    ]
    owned += [
        list(model.objects.filter(reader=reader).order_by("pk").values())
        for model in (Asking, Conversation, Memory, models.OwnText, models.TokenUse)
    ]
    owned += [
        list(model.objects.filter(conversation__reader=reader).order_by("pk").values())
        for model in (Message, SharedLink)
    ]
    owned.append(list(Delivery.objects.filter(webhook__reader=reader).order_by("pk").values()))
    for steered in (TagSteering, SteeringStep, models.FolderAsking):
        owned.append(list(steered.objects.filter(tag__reader=reader).order_by("pk").values()))
    owned.append(list(Tagging.objects.filter(tag__reader=reader).order_by("pk").values()))
    owned.append(Reader.objects.filter(pk=reader.pk).values("email", "password", "theme").get())
    owned.append(UserSession.objects.filter(user=reader).count())
    return owned
