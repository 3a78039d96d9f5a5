"""Let the index read withdrawn papers once more: it now knows that they are."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max


def read_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    paper = apps.get_model("bookwheel", "Paper")
    last = paper.objects.aggregate(last=Max("changed"))["last"] or 0
    withdrawn = paper.objects.filter(withdrawn=True).values_list("pk", flat=True)
    rows = [(number, pk) for number, pk in enumerate(withdrawn, last + 1)]
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany("UPDATE bookwheel_paper SET changed = %s WHERE id = %s", rows)


class Migration(migrations.Migration):
    dependencies = [("bookwheel", "0015_folder_asking")]
    operations = [migrations.RunPython(read_again, migrations.RunPython.noop)]
