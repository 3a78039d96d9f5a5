"""Go back in a tag's history."""

from __future__ import annotations

from bookwheel.actions.steer_tag import steer_to
from bookwheel.core.steering import Steering, Turn
from bookwheel.models import Change, Reader, SteeringStep


def restore_steering(reader: Reader, step: SteeringStep) -> Change | None:
    """Make all as it was before a step; None when it is so already. This is a step of its own.

    Raises:
        NotFoundError: the tag was deleted meanwhile.
    """
    return steer_to(reader, step.tag, Steering.read(step.before), Turn("restore", str(step.pk)))
