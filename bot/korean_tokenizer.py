"""Words of a Korean utterance; placeholders of the scrubber, digits and Latin stay in one piece."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

# <전화번호_1> · any run of letters and digits of any script, joined by . - @ : inside (02-120, hong@example.com, 3.5)
TOKEN = re.compile(r"<\w+>|\w+(?:[.\-@:/]\w+)*")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class KoreanTokenizer(Tokenizer):
    """Unlike Rasa's WhitespaceTokenizer, whose emoji pattern (U+24C2–U+1F251) swallows all of Hangul."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intents are never split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens with their character offsets; a text of signs only (``?!``) is one token."""
        text = message.get(attribute)
        tokens = [Token(match.group(), match.start()) for match in TOKEN.finditer(text)]
        if not tokens and text:
            tokens = [Token(text, 0)]
        return tokens
