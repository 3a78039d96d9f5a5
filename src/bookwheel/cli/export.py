"""`bookwheel export`: papers as JSON or BibTeX."""

from __future__ import annotations

import click
import orjson

from bookwheel.content.bibtex import bibliography
from bookwheel.models import Paper
from bookwheel.queries import found


@click.command()
@click.option(
    "--papers", "identifiers", multiple=True, metavar="ID", help="A paper; repeat for more."
)
@click.argument("more", nargs=-1, metavar="[ID]...")
@click.option(
    "--format", "form", type=click.Choice(["json", "bibtex"]), default="json", show_default=True
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def command(identifiers: tuple[str, ...], more: tuple[str, ...], form: str) -> None:
    """Print papers by arXiv identifier or link."""
    wanted = [*identifiers, *more]
    if not wanted:
        raise click.UsageError("Name at least one paper: bookwheel export --papers 1706.03762")
    papers = found.papers(wanted)
    if form == "bibtex":
        click.echo(bibliography(papers))
        return
    shown = {"papers": [record(paper) for paper in papers]}
    click.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2))


def record(paper: Paper) -> dict[str, object]:
    """All that is known of a paper."""
    return {
        "id": paper.arxiv_id,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": [
            {"family": name[0], "given": name[1], "suffix": name[2]} for name in paper.authors
        ],
        "categories": paper.categories.split(),
        "comments": paper.comments,
        "journal_ref": paper.journal_ref,
        "doi": paper.doi,
        "report_no": paper.report_no,
        "license": paper.license,
        "submitter": paper.submitter,
        "versions": [{"version": number, "created": created} for number, created in paper.versions],
        "first_date": paper.first_date,
        "last_date": paper.last_date,
        "announced": paper.announced,
    }
