"""Microsoft Presidio with what it ships, and nothing of ours.

Its default engine speaks English and wants ``en_core_web_lg``; there is no Korean model to be had. So: its engine for
languages without a model (blank spaCy tokens, which context words need), every recognizer it loads for ``ko``, and
switched on besides what it ships but leaves off or ties to other languages: the five Korean ones, cards, and KR as a
region of phone numbers. No score threshold, as by default.
"""

from __future__ import annotations

import logging
from importlib.metadata import version

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    KrBrnRecognizer,
    KrDriverLicenseRecognizer,
    KrFrnRecognizer,
    KrPassportRecognizer,
    KrRrnRecognizer,
    PhoneRecognizer,
)
from tldextract.tldextract import TLD_EXTRACTOR

from bench.privacy.peers import OneTextPeer, Span, renamed

_LANGUAGE = "ko"
_KOREAN = (KrBrnRecognizer, KrDriverLicenseRecognizer, KrFrnRecognizer, KrPassportRecognizer, KrRrnRecognizer)
_KINDS = {
    "PHONE_NUMBER": "PHONE",
    "KR_RRN": "RRN",
    "KR_FRN": "RRN",
    "KR_PASSPORT": "PASSPORT",
    "KR_DRIVER_LICENSE": "DRIVER",
    "KR_BRN": "BRN",
    "CREDIT_CARD": "CARD",
    "IBAN_CODE": "ACCOUNT",
    "EMAIL_ADDRESS": "EMAIL",
    "IP_ADDRESS": "IP",
    "URL": "URL",
    "DATE_TIME": "BIRTH",
    "MAC_ADDRESS": "ID",
    "UUID": "ID",
}


class Presidio(OneTextPeer):
    name = "Presidio"

    def __init__(self) -> None:
        self.version = version("presidio-analyzer")
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        TLD_EXTRACTOR.suffix_list_urls = ()  # the list in its package; by default it asks the network
        nlp = SlimSpacyNlpEngine(supported_languages=[_LANGUAGE], generic_tokenizer="blank")
        nlp.load()
        registry = RecognizerRegistry(supported_languages=[_LANGUAGE])
        registry.load_predefined_recognizers(languages=[_LANGUAGE], nlp_engine=nlp)
        registry.remove_recognizer("PhoneRecognizer")
        regions = ("KR", *PhoneRecognizer.DEFAULT_SUPPORTED_REGIONS)
        registry.add_recognizer(PhoneRecognizer(supported_language=_LANGUAGE, supported_regions=regions))
        for recognizer in (CreditCardRecognizer, *_KOREAN):
            registry.add_recognizer(recognizer(supported_language=_LANGUAGE))
        self._engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=[_LANGUAGE])

    def find(self, text: str) -> list[Span]:
        results = self._engine.analyze(text, language=_LANGUAGE)
        return renamed([(each.start, each.end, each.entity_type) for each in results], _KINDS)
