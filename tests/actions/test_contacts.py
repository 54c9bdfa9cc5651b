from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.contacts import ContactsFileError, read_contacts
from knowledge.entry import Locale
from knowledge.files.seeds import read_seeds
from maru.settings import ROOT, Settings

GENERAL: dict[Locale, str] = {"ko": "콜센터 120", "en": "call centre 120"}
SHIPPED = ROOT / "data" / "contacts.yml"
# Public lines that are the same everywhere in the country; anything else has to be the city's own.
PUBLIC_LINES = {"110", "129", "1345", "1350"}


def test_when_a_category_is_known_then_its_contact_is_given_in_the_language_asked(tmp_path: Path) -> None:
    file = tmp_path / "contacts.yml"
    file.write_text("보건: {ko: 보건소, en: the health center}\n지방세: {ko: 세무과}\n", "utf-8")
    contacts = read_contacts(file, GENERAL)
    assert contacts.of("보건", "ko") == "보건소"
    assert contacts.of("보건", "en") == "the health center"
    assert contacts.of("지방세", "en") == "call centre 120"  # better the general one than Korean
    for category in (None, "", "수도"):
        assert contacts.of(category, "ko") == "콜센터 120"


def test_when_there_is_no_file_then_the_general_contact_is_given(tmp_path: Path) -> None:
    assert read_contacts(tmp_path / "none.yml", GENERAL).of("보건", "ko") == "콜센터 120"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("보건: 보건소\n", "보건"),
        ("보건: {en: health}\n", "보건 → ko"),
        ("보건: {ko: ''}\n", "보건 → ko"),
        ("보건: {ko: 보건소, phone: 1}\n", "보건 → phone"),
        ("보건: {ko: '<b>보건소</b>'}\n", "보건 → ko"),
        ("- 보건\n", "contacts.yml"),
        ("보건: {ko: [\n", "YAML"),
    ],
)
def test_when_the_file_is_wrong_then_the_place_is_named(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "contacts.yml"
    file.write_text(content, "utf-8")
    with pytest.raises(ContactsFileError, match=re.escape(said)):
        read_contacts(file, GENERAL)


def test_when_the_seeds_have_a_category_then_the_shipped_file_has_its_contact_in_both_languages() -> None:
    contacts = read_contacts(Settings(_env_file=None).contacts_file, GENERAL)
    for category in {entry.category for entry in read_seeds(ROOT / "data" / "faq")}:
        assert contacts.of(category, "ko") != GENERAL["ko"], category
        assert contacts.of(category, "en") != GENERAL["en"], category
        numbers = re.findall(r"\d+", contacts.of(category, "ko") + contacts.of(category, "en"))
        assert set(numbers) <= PUBLIC_LINES, category
