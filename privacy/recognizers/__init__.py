"""One recognizer a file, one personal-data kind a recognizer."""

from __future__ import annotations

from privacy.recognizers.account import AccountRecognizer
from privacy.recognizers.address import AddressRecognizer
from privacy.recognizers.birth import BirthRecognizer
from privacy.recognizers.business_number import BusinessNumberRecognizer
from privacy.recognizers.card import CardRecognizer
from privacy.recognizers.case_number import CaseNumberRecognizer
from privacy.recognizers.continuation import ContinuationRecognizer
from privacy.recognizers.driver_licence import DriverLicenceRecognizer
from privacy.recognizers.email import EmailRecognizer
from privacy.recognizers.ip import IpRecognizer
from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.recognizers.name import NameRecognizer
from privacy.recognizers.number_part import NumberPartRecognizer
from privacy.recognizers.online_id import OnlineIdRecognizer
from privacy.recognizers.passport import PassportRecognizer
from privacy.recognizers.phone import PhoneRecognizer
from privacy.recognizers.plate import PlateRecognizer
from privacy.recognizers.repeated_number import RepeatedNumberRecognizer
from privacy.recognizers.rrn import RrnRecognizer
from privacy.recognizers.tagged import TaggedRecognizer
from privacy.recognizers.unexplained_number import UnexplainedNumberRecognizer
from privacy.recognizers.url import UrlRecognizer

ALL_RECOGNIZERS: tuple[type[KoreanRecognizer], ...] = (
    AccountRecognizer,
    AddressRecognizer,
    BirthRecognizer,
    BusinessNumberRecognizer,
    CardRecognizer,
    CaseNumberRecognizer,
    ContinuationRecognizer,
    DriverLicenceRecognizer,
    EmailRecognizer,
    IpRecognizer,
    NameRecognizer,
    NumberPartRecognizer,
    OnlineIdRecognizer,
    PassportRecognizer,
    PhoneRecognizer,
    PlateRecognizer,
    RepeatedNumberRecognizer,
    RrnRecognizer,
    TaggedRecognizer,
    UnexplainedNumberRecognizer,
    UrlRecognizer,
)

OVER_TURNS = tuple(
    each
    for each in ALL_RECOGNIZERS
    if each not in {TaggedRecognizer, UnexplainedNumberRecognizer, ContinuationRecognizer, RepeatedNumberRecognizer}
)
"""Those that read the joined answers of a dialogue: what goes by form, not by likelihood or by turns."""

__all__ = ["ALL_RECOGNIZERS", "OVER_TURNS", "KoreanRecognizer"]
