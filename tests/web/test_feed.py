"""The feed in a browser without script: days, sections, progress, absence, sources."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_learning import set_learning
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.store_announcements import store_announcements
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.arxiv.announced import Announced
from bookwheel.index import exact
from bookwheel.models import LastVisit, Mark, Paper, Reading
from feeds import days_of, fullest, of
from people import Configure, Person

pytestmark = pytest.mark.django_db

CARD = re.compile(r'<li class="card" id="p-([^"]+)">')
DAY = "/day/2026-05-12"


@pytest.fixture
def mine(library: list[Paper], alice: Person) -> list[Paper]:
    """The papers of a day, all of them for alice, who has one tag."""
    day = fullest(library)
    assert f"/day/{day}" == DAY
    set_preferences(alice.reader, line="0")
    tag_paper(alice.reader, library[0], "agents")
    return of(library, day)


def get(person: Person, address: str) -> str:
    answer = person.client.get(address)
    assert answer.status_code == 200, address
    html: str = answer.text
    return html


def cards(html: str) -> list[str]:
    return CARD.findall(html)


def post(person: Person, address: str, **fields: object) -> None:
    headers = {"referer": f"http://localhost{DAY}"}
    assert person.client.post(address, fields, headers=headers).status_code == 302


def test_the_first_page_is_the_newest_day(
    alice: Person, mine: list[Paper], library: list[Paper]
) -> None:
    html = get(alice, "/")
    newest = days_of(library)[0]
    assert set(cards(html)) == {paper.arxiv_id for paper in of(library, newest)}
    assert '<h1 id="day">Monday 1 June' in html
    assert "announced Monday, 00:00" in html
    assert "Earlier days" in html


def test_a_day_says_how_much_there_is_and_how_far_one_is(alice: Person, mine: list[Paper]) -> None:
    set_reading(alice.reader, mine[0], Reading.State.READ)
    html = get(alice, DAY)
    assert "13 announced Tuesday, 00:00 · 13 for you" in html
    assert '<progress id="progress" data-said="{} of 13 done" max="13" value="1"' in html
    assert "1 of 13 done" in html
    assert 'rel="prev" href="/day/2026-05-11" data-key="["' in html
    assert 'rel="next" href="/day/2026-05-13" data-key="]"' in html
    assert 'class="act read done"' in html


@pytest.mark.parametrize("address", ["/day/yesterday", "/day/2026-13-01", "/catch-up/x"])
def test_what_is_no_day_is_not_there(alice: Person, library: list[Paper], address: str) -> None:
    assert alice.client.get(address).status_code == 404


def test_the_rest_of_a_day_is_marked_read_and_back(
    alice: Person, mine: list[Paper], library: list[Paper]
) -> None:
    store_announcements([Announced(library[0].arxiv_id, date(2026, 5, 12), "replace")])
    post(alice, "/do/read-day", day="2026-05-12")
    html = get(alice, DAY)
    assert "The rest of the day is marked read." in html
    assert "14 of 14 done" in html
    assert "mark the rest read" not in html
    assert html.count('class="act read done"') == 13
    post(alice, "/do/undo", change=alice.reader.changes.latest("pk").pk)
    assert "1 of 14 done" in get(alice, DAY)  # the replaced one is under a tag


def test_later_read_and_unread_are_pressed_and_released(alice: Person, mine: list[Paper]) -> None:
    name = mine[3].arxiv_id
    post(alice, "/do/later", paper=name)
    html = get(alice, DAY)
    assert "For later." in html
    assert (
        f'aria-pressed="true" form="do" name="paper" value="{name}" formaction="/do/unread"' in html
    )
    assert cards(get(alice, "/library?state=later")) == [name]
    post(alice, "/do/read", paper=name)
    assert cards(get(alice, "/library?state=later")) == []
    assert alice.reader.readings.get().state == "read"
    post(alice, "/do/unread", paper=name)
    assert "0 of 13 done" in get(alice, DAY)


def test_a_paper_that_was_looked_at_is_read(alice: Person, mine: list[Paper]) -> None:
    page = get(alice, f"/abs/{mine[3].arxiv_id}")
    assert f'data-opened="/do/opened" data-paper="{mine[3].arxiv_id}"' in page
    assert alice.reader.readings.count() == 0
    answer = alice.client.post("/do/opened", {"paper": mine[3].arxiv_id})
    assert (answer.status_code, answer.content) == (204, b"")
    assert alice.reader.readings.get().paper == mine[3]


def test_what_is_done_can_be_left_out(alice: Person, mine: list[Paper]) -> None:
    mark_paper(alice.reader, mine[2], Mark.Kind.LIKE)
    html = get(alice, f"{DAY}?show=unread")
    assert len(cards(html)) == 12
    assert mine[2].arxiv_id not in cards(html)
    post(alice, "/do/read-day", day="2026-05-12")
    html = get(alice, f"{DAY}?show=unread")
    assert cards(html) == []
    assert f'You are through with this day. <a href="{DAY}">Show it</a>' in html


def test_below_the_line_is_a_link_away(alice: Person, mine: list[Paper]) -> None:
    set_preferences(alice.reader, line="1")
    set_learning(alice.reader, explore="0")
    html = get(alice, DAY)
    assert cards(html) == []
    assert "Nothing reaches your line of 1.00. Of 13 papers the best scores" in html
    assert len(cards(get(alice, f"{DAY}?show=below"))) == 13
    follow_author(alice.reader, *mine[9].authors[0][:2])
    html = get(alice, DAY)
    assert cards(html) == [mine[9].arxiv_id]
    assert f'<a href="{DAY}?show=below">12 more papers below your line of 1.00</a>' in html


def test_a_card_says_what_brought_it(alice: Person, mine: list[Paper]) -> None:
    family, given = mine[9].authors[0][:2]
    follow_author(alice.reader, family, given)
    save_search(alice.reader, f"id:{mine[9].arxiv_id}")
    html = get(alice, DAY)
    assert cards(html)[0] == mine[9].arxiv_id
    assert 'you follow <a href="/search?q=au%3A%22' in html
    assert (
        f'your search <a href="/search?q=id%3A{mine[9].arxiv_id}">id:{mine[9].arxiv_id}</a>' in html
    )
    assert f'<a href="{DAY}?from=authors">authors <small>1</small></a>' in html
    assert cards(get(alice, f"{DAY}?from=authors")) == [mine[9].arxiv_id]
    assert cards(get(alice, f"{DAY}?from=searches")) == [mine[9].arxiv_id]
    tag = alice.reader.tags.get()
    assert f'href="{DAY}?from=tag-{tag.pk}"><span class="dot hue-0"></span> agents' in html


def test_many_sources_are_folded_away(alice: Person, mine: list[Paper]) -> None:
    for number in range(5):
        tag_paper(alice.reader, mine[number], f"interest {number}")
    html = get(alice, DAY)
    line, _summary, folded = html.partition("<summary>More filters</summary>")
    assert "interest 3 <small>" in folded.partition("</form>")[0]
    assert "interest 3 <small>" not in line.partition('<div class="filters">')[2]


def test_sections_stand_apart(alice: Person, mine: list[Paper], library: list[Paper]) -> None:
    day = date(2026, 5, 12)
    told = [Announced(paper.arxiv_id, day, "cross") for paper in library[:30]]
    told += [Announced(library[40].arxiv_id, day, "replace")]
    store_announcements(told)
    html = get(alice, DAY)
    headings = re.findall(r'<h2 class="day">([\w-]+) <small>([^<]+)</small>', html)
    assert headings == [
        ("New", "13 of 13"),
        ("Cross-lists", "30 of 30"),
        ("Replacements", "1 of 1"),
    ]
    assert f'<a href="{DAY}?section=cross">All 30</a>' in html
    assert len(cards(html)) == 13 + 5 + 1
    second = get(alice, f"{DAY}?section=cross&page=2")
    assert len(cards(second)) == 5
    assert "Page 2 of 2" in second
    assert f'rel="prev" href="{DAY}?section=cross"' in second


def test_a_category_is_kept_in_the_links(alice: Person, mine: list[Paper]) -> None:
    html = get(alice, f"{DAY}?cat=cs.CV")
    assert set(cards(html)) == {p.arxiv_id for p in mine if "cs.CV" in p.categories.split()}
    assert f'<a class="chip" href="{DAY}" title="Take this filter away">cs.CV' in html
    assert f'href="{DAY}?show=unread&amp;cat=cs.CV"' in html
    nothing = get(alice, f"{DAY}?cat=astro-ph")
    assert "Nothing was announced in astro-ph this day." in nothing


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-05-17", "no listing bears the date of a Saturday or a Sunday"),
        ("2090-05-18", "This listing is announced Thursday 18 May, 00:00"),
        ("2026-09-08", "a holiday in New York"),
    ],
)
def test_an_empty_day_says_why(alice: Person, mine: list[Paper], day: str, said: str) -> None:
    assert said in get(alice, f"/day/{day}")


def test_near_identical_papers_are_folded(
    alice: Person, mine: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "ALIKE", -1.0)
    html = get(alice, DAY)
    assert len(cards(html)) == 1
    assert "12 more that say nearly the same" in html
    for paper in mine:
        assert f'href="/abs/{paper.arxiv_id}"' in html


def test_who_follows_nothing_yet_is_told_how_to_begin(alice: Person, library: list[Paper]) -> None:
    assert "has learned nothing of you yet" in get(alice, "/")
    html = get(alice, DAY)
    assert "All of the day, as it came." in html
    assert len(cards(html)) == 13
    assert "<progress" not in html


def test_without_papers_a_day_leads_to_the_first_page(
    alice: Person, tmp_path: object, configure: Configure
) -> None:
    configure(data=tmp_path)
    for address in (DAY, "/catch-up/2026-05-12"):
        assert alice.client.get(address)["Location"] == "/"
    assert "bookwheel import" in get(alice, "/")


def away(person: Person, library: list[Paper], days: int) -> None:
    """Let the last visit end when the newest day but so many was there."""
    LastVisit.objects.update_or_create(
        reader=person.reader,
        defaults={
            "seen": datetime(2026, 5, 27, 9, 30, tzinfo=UTC),
            "newest": days_of(library)[days],
        },
    )


def test_a_short_absence_names_its_days(
    alice: Person, mine: list[Paper], library: list[Paper]
) -> None:
    away(alice, library, 2)
    html = get(alice, "/")
    days = days_of(library)
    count = sum(len(of(library, day)) for day in days[:2])
    assert f"Since you were last here, Wednesday 27 May, 09:30: 2 days, {count} papers." in html
    assert f'<a href="/day/{days[1]}">' in html
    assert "Catch up" not in html
    assert "Since you were last here" in get(alice, "/")  # as long as the visit goes on


def test_a_long_absence_can_be_caught_up_with(
    alice: Person, mine: list[Paper], library: list[Paper]
) -> None:
    away(alice, library, 20)
    days = days_of(library)
    address = f"/catch-up/{days[20]}"
    assert f'<a href="{address}">Catch up with the best of them</a>' in get(alice, "/")
    html = get(alice, address)
    missed = [paper for paper in library if paper.announced and paper.announced > days[20]]
    assert f"{len(missed)} papers from " in html
    assert f"the best 50 of {len(missed)} for you" in html
    assert len(cards(html)) == 25
    assert "Page 1 of 2" in html
    post(alice, "/do/catch-up", since=days[20], until=days[1])
    read = set(alice.reader.days_read.values_list("day", flat=True))
    assert read == set(days[1:20])
    assert "All of these days are marked read." in get(alice, "/")


def test_nothing_missed_is_said(alice: Person, mine: list[Paper], library: list[Paper]) -> None:
    away(alice, library, 0)
    assert "Nothing new since you were last here" in get(alice, "/")
    assert "You have missed nothing." in get(alice, f"/catch-up/{days_of(library)[0]}")


def test_the_clock_says_what_is_due(alice: Person, mine: list[Paper]) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 9, tzinfo=UTC), tick=False):
        assert "The next papers come Tuesday 2 June, 00:00." in get(alice, "/")
    with time_machine.travel(datetime(2026, 6, 2, 1, tzinfo=UTC), tick=False):
        assert "are on their way" in get(alice, "/")
    with time_machine.travel(datetime(2026, 6, 5, 9, tzinfo=UTC), tick=False):
        assert "arXiv has announced 4 more days since" in get(alice, "/")


def test_times_are_the_readers(alice: Person, mine: list[Paper]) -> None:
    alice.client.cookies["bookwheel_zone"] = "Asia/Shanghai"
    assert "announced Tuesday, 08:00" in get(alice, DAY)
    set_preferences(alice.reader, time_zone="America/New_York")
    assert "announced Monday, 20:00" in get(alice, DAY)
    for nonsense in ("", "Mars/Olympus", "../../etc/passwd", "x" * 3000):
        set_preferences(alice.reader, time_zone="")
        alice.client.cookies["bookwheel_zone"] = nonsense
        assert "announced Tuesday, 00:00" in get(alice, DAY)


def test_line_and_zone_are_chosen_in_the_settings(alice: Person) -> None:
    html = get(alice, "/settings")
    assert '<option value="0.40" selected>0.40</option>' in html
    post(alice, "/do/preferences", line="0.20", time_zone="Europe/Berlin")
    html = get(alice, "/settings")
    assert '<option value="0.20" selected>0.20</option>' in html
    assert "<option selected>Europe/Berlin</option>" in html
    for fields in ({"line": "2"}, {"line": "x"}, {"line": "nan"}, {"time_zone": "Mars/Olympus"}):
        assert alice.client.post("/do/preferences", fields).status_code == 400
    alice.reader.refresh_from_db()
    assert (alice.reader.line, alice.reader.time_zone) == (0.2, "Europe/Berlin")


def test_a_full_disk_keeps_nobody_from_the_first_page(
    alice: Person, mine: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(LastVisit, "save", full)
    monkeypatch.setattr(LastVisit.objects, "get_or_create", full)
    assert cards(get(alice, "/"))


def test_the_best_of_all_days_is_a_list_of_its_own(
    alice: Person, mine: list[Paper], library: list[Paper]
) -> None:
    html = get(alice, "/best?days=all")
    assert len(cards(html)) == 25
    assert library[0].arxiv_id not in cards(html)
    assert '<a href="/best" aria-current="true">the best</a>' in html


def test_top_kept_shows_no_fewer_than_enough_readers(
    alice: Person, bob: Person, charlie: Person, library: list[Paper]
) -> None:
    for person in (alice, bob):
        mark_paper(person.reader, library[3], Mark.Kind.LIKE)
    html = get(alice, "/top")
    assert cards(html) == []
    assert "when 3 readers of this site keep it" in html
    tag_paper(charlie.reader, library[3], "secret")
    html = get(alice, "/top?span=day")
    assert cards(html) == [library[3].arxiv_id]
    assert "kept by 3 readers" in html
    assert "secret" not in html
    assert '<a href="/top?span=day" aria-current="true">day</a>' in html
    assert cards(get(alice, "/top?span=century")) == [library[3].arxiv_id]


def test_top_kept_can_be_switched_off(
    alice: Person, library: list[Paper], configure: Configure
) -> None:
    configure(top_least=0)
    from bookwheel.config import config

    assert config().top_least == 0
    assert "has switched this list off" in get(alice, "/top")


def test_a_day_costs_the_same_whatever_is_on_it(
    alice: Person, mine: list[Paper], django_assert_max_num_queries: object
) -> None:
    get(alice, DAY)
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        assert len(cards(get(alice, DAY))) == 13
    for number in range(6):
        tag_paper(alice.reader, mine[number], f"interest {number}")
    get(alice, DAY)
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        assert len(cards(get(alice, DAY))) == 13


def test_a_visit_is_noted_and_another_reader_does_not_count(
    alice: Person, bob: Person, mine: list[Paper], library: list[Paper]
) -> None:
    away(bob, library, 20)
    get(alice, "/")
    visit = alice.reader.last_visit
    assert visit.newest == days_of(library)[0]
    assert datetime.now(UTC) - visit.seen < timedelta(minutes=1)
    assert "Since you were last here" not in get(alice, "/")
