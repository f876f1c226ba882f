"""Word files, written by a library that is loaded when the first one is asked for: most processes never write one."""

from __future__ import annotations

from catalogue.exports.documents.blocks import Document


def word_file(document: Document) -> bytes:
    """Return a document as the bytes of a Word file; equal documents give equal bytes."""
    from catalogue.exports.documents.word_writer import write_word  # loads python-docx and lxml

    return write_word(document)
