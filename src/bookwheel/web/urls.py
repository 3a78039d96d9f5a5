"""The site on one page. What is open to everybody says so in its view; all else needs a login."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, path

from django.views.i18n import set_language

from bookwheel.web.pages import (
    errors,
    gestures,
    help,
    learned,
    newest,
    paper,
    random,
    search,
    similar,
)
from bookwheel.web.pages import preferences, settings, stats, tag, tags, undo, why
from bookwheel.web.pages.for_you import for_you
from bookwheel.web.pages.library import library

urlpatterns: list[URLPattern] = [
    # lists of papers
    path("", for_you, name="for_you"),
    path("new", newest.newest, name="newest"),
    path("tags/any", tag.any_tags, name="any_tags"),
    path("tag/<str:name>", tag.tag, name="tag"),
    path("search", search.search, name="search"),
    path("similar/<path:arxiv_id>", similar.similar, name="similar"),
    path("random", random.random, name="random"),
    path("library", library, name="library"),
    # one paper
    path("abs/<path:arxiv_id>/words", learned.words, name="words"),
    path("abs/<path:arxiv_id>/why", why.why, name="why"),
    path("abs/<path:arxiv_id>", paper.paper, name="paper"),
    path("bib/<path:arxiv_id>", paper.bibtex, name="bibtex"),
    # gestures
    path("do/like", gestures.like, name="do_like"),
    path("do/unlike", gestures.unlike, name="do_unlike"),
    path("do/hide", gestures.hide, name="do_hide"),
    path("do/unhide", gestures.unhide, name="do_unhide"),
    path("do/tag", gestures.tag, name="do_tag"),
    path("do/untag", gestures.untag, name="do_untag"),
    path("do/undo", undo.undo, name="do_undo"),
    path("do/preferences", preferences.preferences, name="do_preferences"),
    path("do/language", set_language, name="do_language"),
    # tags
    path("tags", tags.tags, name="tags"),
    path("tag/<str:name>/learned", learned.learned, name="learned"),
    path("do/create-tag", tags.create, name="do_create_tag"),
    path("do/rename-tag", tags.rename, name="do_rename_tag"),
    path("do/colour-tag", tags.colour, name="do_colour_tag"),
    path("do/merge-tags", tags.merge, name="do_merge_tags"),
    path("do/delete-tag", tags.delete, name="do_delete_tag"),
    # the rest
    path("stats", stats.stats, name="stats"),
    path("settings", settings.settings, name="settings"),
    path("help", help.help_page, name="help"),
    # account
    path("account/login", account.login, name="account_login"),
    path("account/logout", account.logout, name="account_logout"),
    path("account/sign-up", account.signup, name="account_signup"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
