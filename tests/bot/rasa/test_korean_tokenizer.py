from __future__ import annotations

import unittest

from rasa.shared.nlu.training_data.message import Message

from bot.korean_tokenizer import KoreanTokenizer

CASES = [
    ("여권 재발급", ["여권", "재발급"]),
    ("여권 <전화번호_1> 신청", ["여권", "<전화번호_1>", "신청"]),
    ("<이름_1>입니다", ["<이름_1>", "입니다"]),
    ("3번이요!", ["3번이요"]),
    ("02-120 전화", ["02-120", "전화"]),
    ("wifi 비번 뭐야?", ["wifi", "비번", "뭐야"]),
    ("ㅎㅇ ㅋㅋ", ["ㅎㅇ", "ㅋㅋ"]),
    ("?!", ["?!"]),
    ("", []),
]


class KoreanTokenizerTest(unittest.TestCase):
    def test_when_a_text_is_split_then_nothing_but_signs_is_lost(self) -> None:
        tokenizer = KoreanTokenizer(KoreanTokenizer.get_default_config())
        for text, expected in CASES:
            with self.subTest(text):
                tokens = tokenizer.tokenize(Message({"text": text}), "text")
                self.assertEqual([token.text for token in tokens], expected)
                for token in tokens:
                    self.assertEqual(text[token.start : token.end], token.text)
