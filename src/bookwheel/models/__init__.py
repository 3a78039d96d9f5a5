"""The database: papers, readers and what readers did. One file each, no logic beyond a property."""

from bookwheel.models.annotation import Annotation, Place
from bookwheel.models.announcement import Announcement
from bookwheel.models.api_key import ApiKey
from bookwheel.models.change import Change
from bookwheel.models.conversation import (
    Asking,
    Conversation,
    FolderAsking,
    Memory,
    Message,
    SharedLink,
)
from bookwheel.models.digest import Digest, DigestPlan, MailAddress
from bookwheel.models.feed_link import FeedLink
from bookwheel.models.figure import Figure
from bookwheel.models.following import Alert, Authorship, FollowedAuthor, SavedSearch
from bookwheel.models.full_text import Citation, FullText
from bookwheel.models.harvest import EarlyAnnouncement, Feed, Source, Stretch
from bookwheel.models.job import Job
from bookwheel.models.mark import Mark
from bookwheel.models.own_text import OwnText
from bookwheel.models.paper import Paper
from bookwheel.models.private_paper import ImportDraft, PrivatePaper
from bookwheel.models.reader import Reader
from bookwheel.models.reading import DayRead, LastVisit, Reading
from bookwheel.models.revision import Revision
from bookwheel.models.steering import AwaitedPaper, Opened, SteeringStep, TagSteering
from bookwheel.models.tag import Tag, Tagging
from bookwheel.models.token_use import TokenUse
from bookwheel.models.webhook import Delivery, Webhook

__all__ = [
    "Alert",
    "Annotation",
    "Announcement",
    "ApiKey",
    "Asking",
    "Authorship",
    "AwaitedPaper",
    "Change",
    "Citation",
    "Conversation",
    "DayRead",
    "Delivery",
    "Digest",
    "DigestPlan",
    "EarlyAnnouncement",
    "Feed",
    "FeedLink",
    "Figure",
    "FolderAsking",
    "FollowedAuthor",
    "FullText",
    "ImportDraft",
    "Job",
    "LastVisit",
    "MailAddress",
    "Mark",
    "Memory",
    "Message",
    "Opened",
    "OwnText",
    "Paper",
    "Place",
    "PrivatePaper",
    "Reader",
    "Reading",
    "Revision",
    "SavedSearch",
    "SharedLink",
    "Source",
    "SteeringStep",
    "Stretch",
    "Tag",
    "TagSteering",
    "Tagging",
    "TokenUse",
    "Webhook",
]
