"""Keeps compiled templates for all the applications that the tests of a process make; one takes a third of a second."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Knows a template by its source with the URLs and texts of its application written in, as that is compiled."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the place of a template, with its code if it is kept."""
        written = str(environment.preprocess(source, name, filename))
        return super().get_bucket(environment, name, filename, written)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a place the code that is kept."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self.kept[bucket.key, bucket.checksum] = bucket.code
