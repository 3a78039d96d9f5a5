from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bookwheel.actions.index_passages import reindex_passages
from bookwheel.actions.keep_document import keep_document
from bookwheel.config import config
from bookwheel.models import Paper
from bookwheel.queries.passages import search_passages
from documents import document, texts
from people import Configure, make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, configure: Configure) -> None:
    configure(data=tmp_path)


def test_a_hit_says_where_it_stands(paper: Paper) -> None:
    keep_document(paper, 1, document(), {})
    hit = search_passages("how active is the residue of the ore?")[0]
    assert (hit.paper, hit.version, hit.block, hit.section) == (paper, 1, "s2.p1", "Method")
    assert texts()[1][hit.start : hit.end] == hit.text
    assert hit.best in hit.sentences


def test_the_newest_version_is_searched(paper: Paper) -> None:
    keep_document(paper, 2, document(), {})
    keep_document(paper, 1, document(title="old"), {})
    assert {hit.version for hit in search_passages("pitchblende")} == {2}


def test_a_search_keeps_to_the_papers_it_is_told(paper: Paper) -> None:
    other = make_paper()
    for each in (paper, other):
        keep_document(each, 1, document(), {})
    assert {hit.paper for hit in search_passages("radium")} == {paper, other}
    assert {hit.paper for hit in search_passages("radium", papers=[other.pk])} == {other}
    assert search_passages("radium", papers=[]) == []


def test_a_lost_index_is_made_again(paper: Paper) -> None:
    other = make_paper()
    keep_document(paper, 1, document(), {})
    shutil.rmtree(config().passages)
    assert search_passages("radium") == []
    keep_document(other, 1, document(), {})
    assert {hit.paper for hit in search_passages("radium")} == {paper, other}
    assert reindex_passages() == 2
    assert len(search_passages("pitchblende")) == 2
