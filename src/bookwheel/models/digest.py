"""Mail to readers: where to, when and of what, and each digest that was due."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookwheel.models.tag import Tag

EVERY_DAY = "12345"  # Monday to Friday, as ISO numbers them: arXiv's listings


class MailAddress(models.Model):
    """Where a reader's digests go, once it is confirmed and as long as it is not paused."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_address"
    )
    address = models.EmailField(max_length=254)
    confirmed = models.DateTimeField(null=True)
    paused = models.CharField(max_length=500, blank=True)  # what the mail server said against it

    class Meta:
        app_label = "bookwheel"

    def __str__(self) -> str:
        return self.address

    @property
    def takes_mail(self) -> bool:
        """Whether anything may be sent to it."""
        return self.confirmed is not None and not self.paused


class DigestPlan(models.Model):
    """When a reader gets a digest, and what is in it."""

    class When(models.TextChoices):
        """On a chosen day, whether there is a mail."""

        ALWAYS = "always", _("always; when nothing is for me, with the reason")
        SOME = "some", _("when at least one paper is for me")
        LEAST = "least", _("only when a paper scores at least")

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_plan"
    )
    on = models.BooleanField(default=False)
    weekdays = models.CharField(max_length=7, default=EVERY_DAY)  # 1 is Monday; one day: weekly
    hour = models.PositiveSmallIntegerField(default=7)  # local; not before it
    when = models.CharField(max_length=8, choices=When.choices, default=When.ALWAYS)
    least = models.FloatField(default=0.6)
    most = models.PositiveSmallIntegerField(default=20)  # papers
    without = models.ManyToManyField(Tag, related_name="+")
    likes = models.BooleanField(default=True)  # what is like papers liked without a tag
    language = models.CharField(max_length=16, blank=True)
    covered = models.DateField(null=True)  # the last listing that a digest was about
    alerted = models.DateField(null=True)  # the last listing that was looked through for alerts
    next_at = models.DateTimeField(null=True, db_index=True)  # finds those to look at; null: never

    class Meta:
        app_label = "bookwheel"


class Digest(models.Model):
    """One mail that was due. The row is there before the mail: who changes `claim` may send it.

    A row that stays `HANDED` says that the last byte may have been given to the mail server by a
    process that then died: whether it arrived is not known, and it is not sent again.
    """

    class State(models.TextChoices):
        """How far it came."""

        WAITING = "waiting"  # to be sent, or tried again
        CLAIMED = "claimed"  # somebody makes it; nothing has left
        HANDED = "handed"  # its last byte is on its way
        SENT = "sent"  # the mail server took it
        UNSURE = "unsure"  # the server fell silent after the last byte; its papers come again
        NOTHING = "nothing"  # there was no reason for a mail
        REFUSED = "refused"  # the server will never take it
        FAILED = "failed"  # too many tries

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    slot = models.CharField(max_length=40)  # "digest 2026-11-24", "alert 2026-11-24", "now ..."
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claim = models.CharField(max_length=32, blank=True)
    claimed = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    again = models.DateTimeField(null=True)  # not to be tried before
    since = models.DateField(null=True)  # listings after this day ...
    until = models.DateField(null=True)  # ... and until this one
    papers = models.PositiveSmallIntegerField(default=0)
    told = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "slot"], name="digest_once")]
        indexes = [
            # Finds what is to be sent or was left lying; nearly all rows are neither.
            models.Index(
                fields=["again"],
                name="digests_open",
                condition=models.Q(state__in=["waiting", "claimed", "handed"]),
            )
        ]
