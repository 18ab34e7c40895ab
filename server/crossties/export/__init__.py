"""Write a graph as files that are the same bytes on every host."""

from crossties.export.files import FORMATS, export_folder, export_text, select_quads

__all__ = ["FORMATS", "export_folder", "export_text", "select_quads"]
