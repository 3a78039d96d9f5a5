"""What a tag was told besides its papers."""

from __future__ import annotations

from typing import Any

from bookwheel.core.steering import NEUTRAL, Steering
from bookwheel.models import Tag, TagSteering


def steering_of(tag: Tag) -> tuple[Steering, dict[str, Any]]:
    """What a tag was told, and the same as it is stored."""
    found = TagSteering.objects.filter(tag_id=tag.pk).first()
    return (found.steering, found.state) if found else (NEUTRAL, {})
