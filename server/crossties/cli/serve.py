"""``crossties serve``: pages, data and SPARQL over HTTP."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from crossties.cli.opening import open_here
from crossties.instance import open_instance
from crossties.web.serve import scratch_store
from crossties.web.serve import serve as serve_instance


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="The port.")
@click.option("--empty", is_flag=True, help="Leave the shipped data out.")
@click.option("--writable", is_flag=True, help="With --empty: an empty scratch store that may be changed.")
@click.option("--insecure", is_flag=True, help="With --writable: let anybody who can reach it change it.")
def serve(
    files: tuple[Path, ...],
    host: str,
    port: int,
    *,
    empty: bool,
    writable: bool,
    insecure: bool,
) -> None:
    """Serve pages, data and SPARQL on this machine.

    FILES are Turtle files or folders of them, served instead of the shipped data. SIGHUP reads all files
    again.
    """
    if writable and (files or not empty):
        message = "--writable needs --empty, and no files: other data change by contributions alone."
        raise click.UsageError(message)
    if insecure and not writable:
        message = "--insecure says something of --writable alone."
        raise click.UsageError(message)
    if writable:
        with scratch_store(open_here(empty=True), host=host, insecure=insecure) as instance:
            serve_instance(instance, host=host, port=port)
    else:
        opened = open_here(files, empty=empty)
        reopen = partial(open_instance, opened.settings, files=files, empty=empty)
        serve_instance(opened, host=host, port=port, reopen=reopen)
