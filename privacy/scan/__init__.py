"""Looks through files and databases for personal data that must not be there. Changes nothing, prints no original."""

from __future__ import annotations

from privacy.scan.databases import BadDatabase, scan_database, sqlite_file
from privacy.scan.files import scan_paths
from privacy.scan.findings import Find, NotScanned, Report
from privacy.scan.scanner import MAX_UNPACKED, Scanner

__all__ = [
    "MAX_UNPACKED",
    "BadDatabase",
    "Find",
    "NotScanned",
    "Report",
    "Scanner",
    "scan_database",
    "scan_paths",
    "sqlite_file",
]
