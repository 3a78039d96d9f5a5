"""Fetch one preprint of bioRxiv or medRxiv now, with all its versions. It can be found at once."""

from __future__ import annotations

from bookwheel.actions.build_index import build_index
from bookwheel.actions.store_preprints import store_preprints
from bookwheel.arxiv.client import READER_WAITS, Client
from bookwheel.biorxiv import api
from bookwheel.config import config
from bookwheel.core import papers
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.errors import AbsentError, NotFoundError, SourceError
from bookwheel.models import Paper


def fetch_preprint(client: Client, identifier: str, *, patience: float = READER_WAITS) -> Paper:
    """Fetch, store and index; one that is here is brought up to date.

    Raises:
        NotFoundError: neither server has such a preprint.
        SourceError: they cannot be asked now, and why.
    """
    wanted = RxivId.parse(identifier)
    # Which server has it shows in the number; the other one is asked in case that changes.
    for server in sorted(SERVERS, key=lambda name: name != wanted.server):
        try:
            found = _versions(client, server, wanted, patience)
        except AbsentError:
            continue
        store_preprints([one for one in found if one.arxiv_id == wanted.base])
        build_index()
        return Paper.objects.get(arxiv_id=wanted.base)
    raise NotFoundError(f"Neither bioRxiv nor medRxiv has a preprint {wanted.base}.")


def _versions(client: Client, server: str, wanted: RxivId, patience: float) -> list[papers.Paper]:
    address = api.paper_address(config().biorxiv_api, server, wanted)
    answer = client.get(address, accept=api.MEDIA_TYPES, patience=patience)
    try:
        found = api.read_versions(answer.body, server)
    except AbsentError:
        raise
    except SourceError as error:
        raise client.unusable(str(error)) from error
    if all(one.arxiv_id != wanted.base for one in found):
        raise AbsentError("The server gave another preprint.")
    return found
