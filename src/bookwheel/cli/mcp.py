"""`bookwheel mcp`: tools for an assistant that starts this command."""

from __future__ import annotations

import sys

import click

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.cli.whose import reader_named
from bookwheel.mcp.stdio import serve


@click.command()
@click.option("--reader", "name", default="", help="For whom; needed where there are accounts.")
@click.option("--read-only", is_flag=True, help="Change nothing.")
def command(name: str, read_only: bool) -> None:
    """Serve search, papers, passages, tags, notes and answers to an assistant, by the Model Context
    Protocol on standard input and output. docs/mcp.md says how to set one up.
    """
    prepare()
    serve(reader_named(name), sys.stdin.buffer, sys.stdout.buffer, read_only=read_only)
