"""``crossties serve``: pages, data and SPARQL over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from crossties.cli.opening import open_here
from crossties.web.serve import serve as serve_instance


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535), help="The port.")
@click.option("--empty", is_flag=True, help="Leave the shipped data out.")
def serve(files: tuple[Path, ...], host: str, port: int, *, empty: bool) -> None:
    """Serve pages, data and SPARQL on this machine.

    FILES are Turtle files or folders of them, served instead of the shipped data.
    """
    serve_instance(open_here(files, empty=empty), host=host, port=port)
