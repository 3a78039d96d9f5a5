"""`bookwheel setup`: choose which papers arrive by themselves, and know what that takes."""

from __future__ import annotations

import shutil
from datetime import datetime

import click

from bookwheel.actions.follow_source import ARXIV, follow_source, followed
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.config import config
from bookwheel.core.categories import archive, find_category
from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.errors import InputError
from bookwheel.queries.estimate import Estimate, estimate

_EVERYTHING = "all"
_EXAMPLES = {
    ARXIV: "cs.LG stat.ML math",
    "biorxiv": "biorxiv.neuroscience",
    "medrxiv": "medrxiv.epidemiology",
}
_GIGA = 1e9
_LONG = 400_000  # records: the public dump is quicker then
_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="CAT",
    help="A category or archive, such as cs.LG or math; repeat for more; all for everything.",
)
@click.option("--since", type=_day, metavar="DAY", help="From when on; the first day included.")
@click.option(
    "--source",
    type=click.Choice([ARXIV, *SERVERS]),
    default=ARXIV,
    show_default=True,
    help="Which server; BOOKWHEEL_SOURCES says which are asked at all.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def command(categories: tuple[str, ...], since: datetime | None, source: str, yes: bool) -> None:
    """Choose the fields that arrive by themselves, and how far back. Asks for what is not given."""
    prepare()
    now = followed(source)
    shown = now.categories or _EVERYTHING
    if not categories and not yes:
        text = click.prompt(f"Fields (such as {_EXAMPLES[source]}, or all)", default=shown)
        categories = tuple(text.replace(",", " ").split())
    wanted = _categories(categories or tuple(shown.split()), source)
    if since is None and not yes:
        since = click.prompt("Papers changed since", default=str(now.since), type=_day)
    start = since.date() if since else now.since
    if source == ARXIV:
        _tell(estimate(wanted, start))
    if yes or click.confirm("Is that what you want?", default=True):
        follow_source(source, categories=wanted, since=start)
        click.echo(
            "`bookwheel serve` and `bookwheel worker` fetch it as it is announced; "
            "`bookwheel harvest` does at once."
        )
        if source not in config().sources:
            sources = ",".join([*config().sources, source])
            click.echo(f"It is asked only when you set BOOKWHEEL_SOURCES={sources}")
        if not config().contact:
            click.echo("Please tell them whom to write to: BOOKWHEEL_CONTACT=you@example.org")


def _categories(texts: tuple[str, ...], source: str) -> tuple[str, ...]:
    if _EVERYTHING in texts:
        return ()
    try:
        found = tuple(map(find_category, texts))
    except ValueError as error:
        raise InputError(str(error)) from error
    for code in found:
        server = archive(code) if archive(code) in SERVERS else ARXIV
        if server != source:
            raise InputError(f"{code} is a field of {server}: give --source {server}.")
    return () if source in found else found


def _tell(found: Estimate) -> None:
    free = shutil.disk_usage(config().data).free
    click.echo(
        f"About {found.records:,} records to fetch, {_span(found.seconds)} at arXiv's pace, and "
        f"{found.bytes / _GIGA:,.1f} GB of disk ({free / _GIGA:,.0f} GB free). "
        f"Then about {found.daily:,} new papers each day."
    )
    if found.records > _LONG:
        click.echo(
            "That is much: load arXiv's public metadata dump first, which takes minutes; "
            "what came since is then fetched by itself. See docs/operating.md."
        )


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:,.0f} seconds"
    return f"{seconds / 60:,.0f} minutes" if seconds < 7200 else f"{seconds / 3600:,.1f} hours"
