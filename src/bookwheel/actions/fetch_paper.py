"""Fetch one paper now: somebody wants it, and it is not here. It can be found at once.

arXiv's OAI-PMH is asked first, since it tells licence and versions; its search knows papers that
were announced a moment ago.
"""

from __future__ import annotations

from bookwheel.actions.build_index import build_index
from bookwheel.actions.store_early import join_early
from bookwheel.actions.store_papers import row_of, store_papers
from bookwheel.arxiv import atom, oai
from bookwheel.arxiv.client import READER_WAITS, Client
from bookwheel.arxiv.xml import MEDIA_TYPES
from bookwheel.config import config
from bookwheel.core import papers
from bookwheel.errors import AbsentError, NotFoundError, SourceError
from bookwheel.models import Paper

_UNKNOWN = 0  # fingerprint of a record that did not come from a line
_BAD_REQUEST = 400  # with it the search says what it does not like


def fetch_paper(client: Client, arxiv_id: str, *, patience: float = READER_WAITS) -> Paper:
    """Fetch and store a paper, and put it into the index; one that is here is brought up to date.

    Raises:
        NotFoundError: arXiv has no such paper.
        SourceError: arXiv cannot be asked now, and why.
    """
    try:
        found = _record(client, arxiv_id, patience)
    except AbsentError:
        found = _entry(client, arxiv_id, patience)
    store_papers([row_of(found, _UNKNOWN)])
    join_early([found.arxiv_id])
    build_index()
    return Paper.objects.get(arxiv_id=found.arxiv_id)


def _record(client: Client, arxiv_id: str, patience: float) -> papers.Paper:
    address = oai.record_address(config().arxiv_oai, arxiv_id)
    answer = client.get(address, accept=MEDIA_TYPES, patience=patience)
    try:
        page = oai.read(answer.body)
    except AbsentError:
        raise
    except SourceError as error:
        raise client.unusable(str(error)) from error
    found = next((one.paper for one in page.records if one.arxiv_id == arxiv_id), None)
    if found is None:
        raise AbsentError("arXiv's OAI-PMH has no usable record of this paper.")
    return found


def _entry(client: Client, arxiv_id: str, patience: float) -> papers.Paper:
    try:
        return fetch_entry(client, arxiv_id, patience=patience).paper
    except AbsentError as error:
        raise NotFoundError(f"arXiv has no paper {arxiv_id}.") from error


def fetch_entry(
    client: Client, arxiv_id: str, version: int | None = None, *, patience: float = READER_WAITS
) -> atom.Entry:
    """What arXiv's search says of a paper, in one version or the latest.

    Raises:
        AbsentError: it has no such paper.
        SourceError: it cannot be asked now, and why.
    """
    address = atom.address(config().arxiv_api, arxiv_id, version)
    answer = client.get(address, accept=MEDIA_TYPES, patience=patience, also=(_BAD_REQUEST,))
    try:
        entry = atom.read_one(answer.body)
    except AbsentError:
        raise
    except SourceError as error:
        raise client.unusable(str(error)) from error
    if entry.paper.arxiv_id != arxiv_id or version not in (None, entry.version):
        raise AbsentError(f"arXiv's search has no {arxiv_id} in this version.")
    return entry
