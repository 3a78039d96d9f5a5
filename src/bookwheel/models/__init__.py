"""The database: papers, readers and what readers did. One file each, no logic beyond a property."""

from bookwheel.models.change import Change
from bookwheel.models.mark import Mark
from bookwheel.models.paper import Paper
from bookwheel.models.reader import Reader
from bookwheel.models.tag import Tag, Tagging

__all__ = ["Change", "Mark", "Paper", "Reader", "Tag", "Tagging"]
