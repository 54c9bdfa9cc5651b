"""Whom to call in each field of the city's work, from a file that its editors keep."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.entry import Locale


class ContactsFileError(Exception):
    """The file of contacts can't be used; says in Korean what is wrong where."""


class _Contact(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    ko: str = Field(min_length=1, max_length=200, pattern=r"^[^<>\n]+$")
    en: str | None = Field(None, min_length=1, max_length=200, pattern=r"^[^<>\n]+$")


_FILE = TypeAdapter(dict[str, _Contact])


class Contacts:
    """Contacts by the category of entries; the general one for every other category and for none."""

    def __init__(self, by_category: Mapping[str, _Contact], general: Mapping[Locale, str]) -> None:
        self._by_category = by_category
        self._general = general

    def of(self, category: str | None, locale: Locale) -> str:
        """Whom to call about questions of this category, in this language."""
        known = self._by_category.get(category or "")
        if known is None:
            return self._general[locale]
        return (known.en or self._general["en"]) if locale == "en" else known.ko


def read_contacts(path: Path, general: Mapping[Locale, str]) -> Contacts:
    """Read the file, none of which is fine; raises ``ContactsFileError`` for one that isn't ``category: {ko, en}``."""
    if not path.is_file():
        return Contacts({}, general)
    try:
        return Contacts(_FILE.validate_python(yaml.safe_load(path.read_text("utf-8")) or {}), general)
    except yaml.YAMLError as error:
        raise ContactsFileError(f"{path}: YAML이 아닙니다: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(part) for part in first["loc"])
        raise ContactsFileError(f"{path}: {where}: {first['msg']} (분류마다 ko와 en에 한 줄씩 적습니다)") from error
