"""All that is a reader's as one archive that another Bookwheel can import without loss.

`docs/delivery.md` describes it. Numbers of rows are the archive's own; papers are named by their
arXiv identifiers and come along as they are known here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone

from bookwheel import __version__
from bookwheel.models import DayRead, Paper, Reader, TagSteering
from bookwheel.queries.owned import links, owned_tables, owner, plain_fields

FORM = 1
SETTINGS = ("density", "theme", "time_zone", "line", "shade", "explore", "learn_opens")
PAPER_FIELDS = (
    *("arxiv_id", "title", "abstract", "authors", "categories", "comments", "journal_ref", "doi"),
    *("report_no", "license", "submitter", "versions"),
    *("first_date", "last_date", "announced", "updated"),
)
_AT_ONCE = 500


def archive(reader: Reader) -> dict[str, Any]:
    """Give the archive, ready for JSON."""
    tables = {name: _rows(reader, model) for name, model in owned_tables().items()}
    names = _names(tables)
    for model, rows in ((name, row) for name, held in tables.items() for row in held):
        _name_papers(model, rows, names)
    return {
        "bookwheel_archive": FORM,
        "made_by": __version__,
        "made": timezone.now().isoformat(),
        "reader": {
            "name": reader.username,
            "email": reader.email,
            **{name: getattr(reader, name) for name in SETTINGS},
        },
        "tables": tables,
        "papers": _papers(sorted(names)),
    }


def _rows(reader: Reader, model: type[Model]) -> list[dict[str, Any]]:
    mine = model._default_manager.filter(**{owner(model): reader}).order_by("pk")
    fields = [field.attname for field in plain_fields(model)]
    fields += [field.attname for field in links(model) if field.related_model is not Reader]
    pk = model._meta.pk.attname
    return [{"id": row.pop(pk), **row} for row in mine.values(pk, *fields)]


def _names(tables: dict[str, list[dict[str, Any]]]) -> dict[int, str]:
    """arXiv identifiers of all papers that the rows name, by number."""
    numbers: set[int] = set()
    for name, rows in tables.items():
        for row in rows:
            numbers.update(_numbers(name, row))
    wanted = sorted(numbers - {0})
    found: dict[int, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        papers = Paper.objects.filter(pk__in=wanted[start : start + _AT_ONCE])
        found |= dict(papers.values_list("pk", "arxiv_id"))
    return found


def _numbers(table: str, row: dict[str, Any]) -> list[int]:
    found = [row["paper_id"]] if row.get("paper_id") else []
    if table == DayRead.__name__:
        found.append(row["last_paper"])
    if table == TagSteering.__name__:
        state = row["state"]
        found += [int(one) for one in state.get("papers", {})]
        found += [int(one) for pair in state.get("choices", ()) for one in pair]
    return found


def _name_papers(table: str, row: dict[str, Any], names: dict[int, str]) -> None:
    """Put identifiers in the place of numbers."""
    if "paper_id" in row:
        row["paper_id"] = names.get(row["paper_id"])
    if table == DayRead.__name__:
        row["last_paper"] = names.get(row["last_paper"])
    if table == TagSteering.__name__:
        row["state"] = renamed(row["state"], {str(one): name for one, name in names.items()})


def renamed(state: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """A tag's steering with its papers called otherwise; those without a name are left out."""
    made = dict(state)
    if "papers" in state:
        told = state["papers"].items()
        made["papers"] = {str(names[one]): level for one, level in told if one in names}
    if "choices" in state:
        pairs = [[names.get(str(one), 0) for one in pair] for pair in state["choices"]]
        made["choices"] = [pair for pair in pairs if pair[0]]
    return made


def _papers(numbers: list[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for start in range(0, len(numbers), _AT_ONCE):
        part = Paper.objects.filter(pk__in=numbers[start : start + _AT_ONCE]).order_by("pk")
        found += part.values(*PAPER_FIELDS)
    return found
