"""The seed files under ``data/faq/``: one YAML file a category, written for people to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from knowledge.entry import Entry
from knowledge.errors import FaqFileError
from knowledge.faq_rules import problems_among, problems_of
from knowledge.files.row import entry_of


def read_seeds(folder: Path) -> list[Entry]:
    """Every entry of the folder's YAML files, English versions as entries of their own.

    Raises ``FaqFileError`` listing every problem with its file.
    """
    entries: list[Entry] = []
    problems: list[str] = []
    for path in sorted(folder.rglob("*.yml")):
        try:
            content = yaml.safe_load(path.read_text("utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: YAML로 읽을 수 없습니다: {error}")
            continue
        items = content.get("entries") if isinstance(content, dict) else None
        if not isinstance(items, list):
            problems.append(f"{path.name}: entries 목록이 없습니다")
            continue
        for item in items:
            try:
                entries += _entries_of(content, item)
            except KeyError as error:
                problems.append(f"{path.name}: {_name_of(item)}: {error} 항목이 없습니다")
            except (AttributeError, TypeError, ValueError) as error:
                problems.append(f"{path.name}: {_name_of(item)}: {error}")
    problems += [f"{e.entry_id} ({e.locale}): {problem}" for e in entries for problem in problems_of(e)]
    problems += problems_among(entries)
    if problems:
        raise FaqFileError(problems)
    return entries


def _name_of(item: Any) -> str:
    return str(item.get("id", "?")) if isinstance(item, dict) else "?"


def _entries_of(file: dict[str, Any], item: dict[str, Any]) -> list[Entry]:
    shared = {
        "entry_id": item["id"],
        "audience": file["audience"],
        "category": file["category"],
        "agency": file.get("agency"),
        "source": item.get("source"),
        "checked": item.get("checked"),
        "valid_from": item.get("valid_from"),
        "valid_until": item.get("valid_until"),
        "publication": item.get("publication"),
    }
    korean = entry_of(
        shared
        | {key: item.get(key) for key in ("question", "variants", "answer", "speech")}
        | {"contact": item.get("contact") or file.get("contact")}
    )
    if "en" not in item:
        return [korean]
    english = item["en"]
    return [
        korean,
        entry_of(
            shared
            | {key: english.get(key) for key in ("question", "variants", "answer", "speech", "contact")}
            | {"locale": "en"}
        ),
    ]
