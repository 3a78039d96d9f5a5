from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from bookwheel.actions.annotate import Selection, annotate
from bookwheel.actions.attach_document import attach_document
from bookwheel.actions.fetch_document import fetch_document
from bookwheel.actions.fetch_texts import fetch_texts, want_text
from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.make_room import make_room
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.arxiv.client import Answer
from bookwheel.cli import main
from bookwheel.errors import AbsentError, FullTextError, NotFoundError, SourceError
from bookwheel.models import FullText, Mark, Paper
from bookwheel.queries.documents import document_of, held
from bookwheel.queries.texts_to_fetch import kept_without_text
from documents import PIXEL, document
from people import Configure, Person, make_paper

pytestmark = pytest.mark.django_db

HTML = b"""<!doctype html><html><body><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">On radium</h1>
<section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">Glow</h2>
<div id="S1.p1" class="ltx_para"><p class="ltx_p">Radium glows in the dark.</p></div>
<figure id="S1.F1" class="ltx_figure"><img src="extracted/1/dish.png" class="ltx_graphics">
<figcaption class="ltx_caption">A dish.</figcaption></figure></section></article></body></html>"""


@dataclass
class Server:
    """A client whose answers are given; everything else is absent."""

    files: dict[str, bytes | SourceError]
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, **_wishes: object) -> Answer:
        path = url.partition("arxiv.org")[2]
        self.asked.append(path)
        found = self.files.get(path, AbsentError("nothing there"))
        if isinstance(found, SourceError):
            raise found
        return Answer(url, 200, found, "")


def test_html_is_taken_with_its_pictures(paper: Paper) -> None:
    base = f"/html/{paper.arxiv_id}v1"
    server = Server({base: HTML, f"{base}/extracted/1/dish.png": PIXEL})
    text = fetch_document(server, paper)  # type: ignore[arg-type]
    assert (text.state, text.source) == ("here", "html")
    (figure,) = [b for _s, b in document_of(paper).blocks() if b.images]
    assert figure.images[0].name == "extracted_1_dish.png"
    assert text.size > len(PIXEL)


def test_a_source_that_cannot_be_read_gives_way_to_the_next(paper: Paper) -> None:
    server = Server({f"/html/{paper.arxiv_id}v1": b"", f"/pdf/{paper.arxiv_id}v1": HTML})
    assert fetch_document(server, paper).state == "here"  # type: ignore[arg-type]
    assert [path.split("/")[1] for path in server.asked[:3]] == ["html", "src", "pdf"]


def test_failures_are_kept_with_their_reason_and_wait_longer_each_time(paper: Paper) -> None:
    server = Server({f"/pdf/{paper.arxiv_id}v1": gzip.compress(b"nothing of use")})
    for tries in (1, 2):
        with pytest.raises(FullTextError):
            fetch_document(server, paper)  # type: ignore[arg-type]
        text = FullText.objects.get()
        assert (text.state, text.tries) == ("failed", tries)
        assert text.error.startswith("PDF: ")
        assert text.again is not None
        assert text.again - text.fetched == timedelta(hours=4 ** (tries - 1))
    assert held(paper).text is None


def test_a_server_that_is_not_well_is_no_failure_of_the_paper(paper: Paper) -> None:
    server = Server({f"/html/{paper.arxiv_id}v1": SourceError("not well")})
    with pytest.raises(SourceError):
        fetch_document(server, paper)  # type: ignore[arg-type]
    assert not FullText.objects.exists()


def test_whoever_waits_comes_first_then_what_is_kept(alice: Person) -> None:
    liked, wanted, other = make_paper(), make_paper(), make_paper()
    mark_paper(alice.reader, liked, Mark.Kind.LIKE)
    want_text(wanted)
    pages = {f"/html/{one.arxiv_id}v1": HTML for one in (liked, wanted, other)}
    server = Server(dict(pages))
    assert fetch_texts(server, lambda: False, kept=True) == 2  # type: ignore[arg-type]
    assert [path for path in server.asked if "dish" not in path] == [
        f"/html/{wanted.arxiv_id}v1",
        f"/html/{liked.arxiv_id}v1",
    ]
    assert kept_without_text(5) == []


def test_what_failed_is_tried_again_when_it_is_time(alice: Person, paper: Paper) -> None:
    mark_paper(alice.reader, paper, Mark.Kind.LIKE)
    assert fetch_texts(Server({}), lambda: False, kept=True) == 0  # type: ignore[arg-type]
    assert kept_without_text(5) == []
    FullText.objects.update(again=timezone.now())
    assert kept_without_text(5) == [paper]


def test_a_file_is_kept_with_the_pictures_beside_it(paper: Paper, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(HTML)
    (tmp_path / "extracted" / "1").mkdir(parents=True)
    (tmp_path / "extracted" / "1" / "dish.png").write_bytes(PIXEL)
    text = attach_document(paper, page)
    assert text.attached
    assert text.size > len(PIXEL)
    with pytest.raises(NotFoundError, match="versions 1 to 1"):
        attach_document(paper, page, 2)


def test_the_command_says_what_it_kept(paper: Paper, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(HTML)
    result = CliRunner().invoke(main, ["attach", paper.arxiv_id, str(page)])
    assert result.output.startswith(f"{paper.arxiv_id}v1: read from HTML, ")


def test_beyond_the_quota_the_least_recently_opened_go(alice: Person, configure: Configure) -> None:
    papers = [make_paper() for _ in range(4)]
    texts = [keep_document(one, 1, document(), {"a.png": bytes(400_000)}) for one in papers]
    for age, text in enumerate(texts):
        FullText.objects.filter(pk=text.pk).update(opened=timezone.now() - timedelta(days=9 - age))
    annotate(alice.reader, papers[0], (1, document()), [Selection("s1.p1", 0, 6)])
    configure(full_text_quota="0.0013")
    assert make_room() == 1
    assert [held(one).text is not None for one in papers] == [True, False, True, True]
    configure(full_text_quota="0.0000001")
    assert make_room() == 1
    assert [held(one).text is not None for one in papers] == [True, False, False, True]
