"""Spreadsheets: templates made from the shapes, rows read into statements, workbooks marked."""
