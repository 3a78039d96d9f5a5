"""The site on one page. What is open to everybody says so in its view; all else needs a login."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, path, re_path, register_converter
from django.views.i18n import set_language

from bookwheel.web.numbers import Number
from bookwheel.web.pages import (
    account,
    ask,
    ask_complete,
    ask_do,
    ask_files,
    ask_import,
    ask_settings,
    ask_stream,
    begin,
    catch_up,
    completions,
    conversation_do,
    conversations,
    errors,
    feeds,
    fetch,
    following,
    gestures,
    health,
    help,
    keys,
    learned,
    library_in,
    library_out,
    newest,
    notes,
    paper,
    preferences,
    random,
    read,
    reading,
    search,
    settings,
    shared,
    similar,
    stats,
    steer,
    tag,
    tags,
    undo,
    want_text,
    why,
)
from bookwheel.web.pages.account_data import account_data
from bookwheel.web.pages.account_delete import account_delete
from bookwheel.web.pages.account_sessions import end_session
from bookwheel.web.pages.best import best
from bookwheel.web.pages.day import day
from bookwheel.web.pages.for_you import for_you
from bookwheel.web.pages.library import library
from bookwheel.web.pages.top import top
from bookwheel.web.pages.versions import versions

register_converter(Number, "number")

urlpatterns: list[URLPattern] = [
    # the feed
    path("", for_you, name="for_you"),
    path("day/<str:day>", day, name="day"),
    path("catch-up/<str:since>", catch_up.catching_up, name="catch_up"),
    path("following", following.following, name="following"),
    # lists of papers
    path("best", best, name="best"),
    path("top", top, name="top"),
    path("new", newest.newest, name="newest"),
    path("tags/any", tag.any_tags, name="any_tags"),
    path("tag/<str:name>", tag.tag, name="tag"),
    path("search", search.search, name="search"),
    path("similar/<path:arxiv_id>", similar.similar, name="similar"),
    path("random", random.random, name="random"),
    path("library", library, name="library"),
    path("notes", notes.notes, name="notes"),
    # one paper
    path("abs/<path:arxiv_id>/words", learned.words, name="words"),
    path("abs/<path:arxiv_id>/why", why.why, name="why"),
    path("abs/<path:arxiv_id>/text-here", want_text.here, name="text_here"),
    path("abs/<path:arxiv_id>/read", read.read, name="read"),
    path("abs/<path:arxiv_id>/v<int:version>/file/<str:name>", read.picture, name="picture"),
    path("abs/<path:arxiv_id>/versions", versions, name="versions"),
    path("abs/<path:arxiv_id>", paper.paper, name="paper"),
    path("bib/<path:arxiv_id>", paper.bibtex, name="bibtex"),
    # the assistant
    path("ask", ask.ask, name="ask"),
    path("ask/all", conversations.conversations, name="conversations"),
    path("ask/settings", ask_settings.ask_settings, name="ask_settings"),
    path("ask/complete", ask_complete.ask_complete, name="ask_complete"),
    path("ask/<number:which>", ask.conversation, name="conversation"),
    path("ask/<number:which>.<str:kind>", ask_files.conversation_file, name="conversation_file"),
    path("ask/answer/<number:which>/events", ask_stream.ask_stream, name="ask_stream"),
    path("ask/answer/<number:which>.<str:kind>", ask_files.message_file, name="message_file"),
    path("shared/<str:token>", shared.shared, name="shared"),
    path("v1/models", completions.program_models, name="program_models"),
    path("v1/chat/completions", completions.completions, name="completions"),
    path("do/ask", ask_do.ask, name="do_ask"),
    path("do/again", ask_do.again, name="do_again"),
    path("do/stop", ask_do.stop, name="do_stop"),
    path("do/rate", ask_do.rate, name="do_rate"),
    path("do/draft", ask_do.draft, name="do_draft"),
    path("do/elsewhere", conversation_do.elsewhere, name="do_elsewhere"),
    path("do/rename-conversation", conversation_do.rename, name="do_rename_conversation"),
    path("do/pin-conversation", conversation_do.pin, name="do_pin_conversation"),
    path("do/archive-conversation", conversation_do.archive, name="do_archive_conversation"),
    path("do/file-conversation", conversation_do.file, name="do_file_conversation"),
    path("do/delete-conversations", conversation_do.delete, name="do_delete_conversations"),
    path("do/share-conversation", conversation_do.share, name="do_share_conversation"),
    path("do/unshare-conversation", conversation_do.unshare, name="do_unshare_conversation"),
    path("do/import-conversations", ask_import.import_file, name="do_import_conversations"),
    path("do/instruct", ask_settings.save, name="do_instruct"),
    path("do/remember", ask_settings.keep, name="do_remember"),
    path("do/forget", ask_settings.drop, name="do_forget"),
    # gestures
    path("do/like", gestures.like, name="do_like"),
    path("do/unlike", gestures.unlike, name="do_unlike"),
    path("do/hide", gestures.hide, name="do_hide"),
    path("do/unhide", gestures.unhide, name="do_unhide"),
    path("do/tag", gestures.tag, name="do_tag"),
    path("do/untag", gestures.untag, name="do_untag"),
    path("do/later", reading.later, name="do_later"),
    path("do/read", reading.read, name="do_read"),
    path("do/unread", reading.unread, name="do_unread"),
    path("do/opened", reading.opened, name="do_opened"),
    path("do/want-text", want_text.want, name="do_want_text"),
    path("do/highlight", notes.highlight, name="do_highlight"),
    path("do/change-note", notes.change_note, name="do_change_note"),
    path("do/delete-note", notes.delete_note, name="do_delete_note"),
    path("do/place", notes.place, name="do_place"),
    path("do/read-day", reading.read_day_out, name="do_read_day"),
    path("do/catch-up", catch_up.caught_up, name="do_catch_up"),
    path("do/follow", following.follow, name="do_follow"),
    path("do/unfollow", following.unfollow, name="do_unfollow"),
    path("do/save-search", following.save, name="do_save_search"),
    path("do/unsave-search", following.unsave, name="do_unsave_search"),
    path("do/fetch", fetch.fetch, name="do_fetch"),
    path("do/fetch-version", fetch.fetch_version, name="do_fetch_version"),
    path("do/undo", undo.undo, name="do_undo"),
    path("do/preferences", preferences.preferences, name="do_preferences"),
    path("do/language", set_language, name="do_language"),
    # tags
    path("tags", tags.tags, name="tags"),
    path("tag/<str:name>/learned", learned.learned, name="learned"),
    path("begin", begin.begin, name="begin"),
    path("tag/<str:name>/begin", begin.go_on, name="go_on"),
    path("do/begin", begin.do_begin, name="do_begin"),
    path("do/choose", begin.choose, name="do_choose"),
    path("do/steer", steer.steer, name="do_steer"),
    path("do/restore-steering", steer.restore, name="do_restore_steering"),
    path("do/create-tag", tags.create, name="do_create_tag"),
    path("do/rename-tag", tags.rename, name="do_rename_tag"),
    path("do/colour-tag", tags.colour, name="do_colour_tag"),
    path("do/merge-tags", tags.merge, name="do_merge_tags"),
    path("do/delete-tag", tags.delete, name="do_delete_tag"),
    # the rest
    path("stats", stats.stats, name="stats"),
    path("health", health.health, name="health"),
    path("health.json", health.health_json, name="health_json"),
    path("settings", settings.settings, name="settings"),
    path("help", help.help_page, name="help"),
    # programs
    path("library/import", library_in.library_in, name="library_in"),
    path("library/export", library_out.library_out, name="library_out"),
    path("library/private", library_out.library_private, name="library_private"),
    path("do/read-library", library_in.read, name="do_read_library"),
    path("do/import-library", library_in.bring, name="do_import_library"),
    path("do/drop-library", library_in.drop, name="do_drop_library"),
    path("do/delete-private", library_out.delete_private, name="do_delete_private"),
    path("feeds", feeds.feeds, name="feeds"),
    path("feeds/<str:token>.<str:form>", feeds.feed, name="feed"),
    path("do/make-feed", feeds.make, name="do_make_feed"),
    path("do/revoke-feed", feeds.revoke, name="do_revoke_feed"),
    path("keys", keys.keys, name="keys"),
    path("do/make-key", keys.make, name="do_make_key"),
    path("do/revoke-key", keys.revoke, name="do_revoke_key"),
    # account
    path("account/login", account.login, name="account_login"),
    path("account/logout", allauth.logout, name="account_logout"),
    path("account/sign-up", allauth.signup, name="account_signup"),
    path("account/inactive", allauth.account_inactive, name="account_inactive"),
    path("account/again", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/email", account.email, name="account_email"),
    path("account/email/<str:key>", allauth.confirm_email, name="account_confirm_email"),
    path("account/password", allauth.password_change, name="account_change_password"),
    path("account/password/set", allauth.password_set, name="account_set_password"),
    path("account/password/reset", account.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/sent",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "account/password/reset/done",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/sessions", list_usersessions, name="usersessions_list"),
    path("account/sessions/end", end_session, name="account_end_session"),
    path("account/data", account_data, name="account_data"),
    path("account/delete", account_delete, name="account_delete"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
