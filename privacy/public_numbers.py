"""Numbers that belong to everybody and are never scrubbed: 120, 1339, 1588-2188, 080-…, 02-120."""

from __future__ import annotations

import re

# Telecommunications numbering plan (전기통신번호관리세칙): 1XX special numbers, 13XX/14XX government and 15XX–18XX
# nationwide business numbers, 080 free calls; an area code before a special number (02-120, 031-120) stays public.
_PUBLIC = re.compile(
    r"""(?:82-?)?(?:
        1[0-8]\d | 1[34]\d\d
      | 1[5-8]\d{2}-?\d{4}
      | 080-?\d{3,4}-?\d{4}
      | 0(?:2|[3-6][1-5])-?1(?:14|2[01]|3[0-3]|330)
    )""",
    re.VERBOSE,
)
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d")


def is_public_number(canonical: str) -> bool:
    """Whether a digit chain (groups joined by ``-``) is a public telephone number."""
    return bool(_PUBLIC.fullmatch(canonical))


def is_span_of_years(canonical: str) -> bool:
    """Whether a digit chain is a span of years such as 2024-2025."""
    return bool(_SPAN_OF_YEARS.fullmatch(canonical)) and canonical[:4] < canonical[5:]
