"""“지워 주세요”: words by which somebody asks, in the chat, to forget what was said or to keep nothing of it.

They are read before anything else happens to an utterance, by rule alone, so that they work when nothing else does.
A sentence counts only if *all* of it is made of the words below: 게시글 지워 주세요 or 등본에서 이름 지우고 싶어요 hold
a word that isn't here, and a question (어떻게 지우나요, 지울 수 있나요) has no ending that is.
"""

from __future__ import annotations

import re
import unicodedata

# Korean is matched without spaces: recognisers and people put them anywhere.
_LEAD = (
    r"(?:아니?|어+|음+|에+|네|예|저|저기요?|여보세요|이봐요?|마루야?|잠깐만?요?|잠시만요?|그럼|그러면|그리고|그런데"
    r"|근데|그러니까|자"
    r"|이제|그냥|제발|미안한데요?|미안하지만|죄송하지만|죄송한데요?|죄송합니다만?|부탁인데요?|안되겠다|안되겠어요?"
    r"|안되겠네요?|아이고|아차|이런){0,3}"
)
_HOW = (
    r"(?:다|전체다?|전부다?|죄다|모두다?|모조리|싹다?|몽땅|깨끗이|깨끗하게|완전히|좀|얼른|빨리|바로|당장|지금|그냥"
    r"|제발|이제"
    r"|앞으로는?|더는|더이상|절대로?|꼭|아예|혹시){0,3}"
)
_WHOSE = r"(?:제가|내가|나의|저의|제|내|저|나|우리가?)?"
_WHEN = (
    r"(?:방금까지|방금전에?|방금|지금까지|여태까지|여태|아까전에?|아까|조금전에?|좀전에|이제까지|오늘|앞에서?"
    r"|여기서|여기에?|처음부터)"
)
_DETAIL = (
    r"(?:이름|성함|(?:핸드폰|휴대폰|휴대전화|전화|집|주민등록|주민|계좌|통장|카드|여권|면허|차량|차)?번호|주소"
    r"|집주소|생일|생년월일|나이|이메일|메일)"
)
_WORDS = r"(?:거|것|걸|말|말씀|말들|말전부|얘기|이야기|질문|내용|대화|정보|개인정보|기록)"
_PARTICLE = r"(?:을|를|은|는|도|만|들|들을|이랑|하고|까지|이고|가|이)?"

# What can only mean this conversation.
_THIS_TALK = (
    rf"(?:{_WHOSE}(?:{_WHEN})?{_WHOSE}(?:한|했던|하던|드린)(?:말씀?|말들|얘기|이야기|대화)"
    rf"|{_WHOSE}(?:{_WHEN})?{_WHOSE}(?:말한|말했던|말씀드린|얘기한|이야기한|질문한|물어본|물었던|알려준|알려드린"
    rf"|불러준|나눈|대화한)(?:{_WORDS}|{_DETAIL})"
    rf"|{_WHOSE}{_WHEN}{_WHOSE}(?:쓴|적은|입력한|보낸|친|나눈|그|남긴)?(?:{_WORDS}|{_DETAIL}|글|메시지)"
    rf"|{_WHOSE}(?:이|지금|{_WHEN})?(?:대화|채팅|챗|대화창|채팅창|음성|목소리|녹음)(?:기록|내용|내역|한것|한거|파일"
    rf"|이력|데이터)?"
    rf"|{_WHOSE}(?:질문|말한|검색)(?:기록|내역)|(?:여기|이)(?:기록|내용)|{_WHOSE}말|(?:내|제)(?:얘기|이야기|말씀"
    rf"|질문)|{_WHOSE}(?:목소리|음성|말|대화)녹음(?:한것|한거|파일)?)"
)
# What nearly always does, when nothing else is said.
_OWN = (
    rf"(?:(?:{_WHOSE}|이|그|남긴|저장된|남은)(?:기록|정보|개인정보|데이터|내용|흔적)(?:하고|이랑|과|와)?(?:기록"
    rf"|정보|대화)?"
    rf"|(?:제|내|저의|나의){_DETAIL}|이거|이것|그거|그것|아무것|아무것도|아무말도|모든기록|모든것|모든정보)"
)

_PLEASE = (
    r"(?:요|줘요?|줘유|주세요|주셔요|주세용|주십시오|주십쇼|주시오|주쇼|주이소|주구려|주게나?|주라|달라고요?"
    r"|달라니까요?|주실래요|줄래요?"
    r"|주시겠어요|주시겠습니까|주시면(?:감사하겠습니다|고맙겠습니다|고맙겠어요|좋겠어요|좋겠습니다|돼요|됩니다)"
    r"|주면(?:좋겠어요?|고맙겠어요?|안돼요?|안될까요?)"
    r"|주실수(?:있나요|있어요|있을까요|있습니까|있으세요)|주시기(?:바랍니다|바라요|바래요)|주셨으면(?:좋겠어요?"
    r"|해요?|좋겠습니다|합니다)"
    r"|줄수(?:있나요|있어요?|있을까요?|있니|있냐)|라|라고요?|버려요?|버려줘요?|버려주세요"
    r"|야(?:돼요?|해요?|겠어요?|겠다)|봐|줬으면(?:좋겠어요?|해요?|좋겠습니다|합니다)|주었으면(?:좋겠어요?|해요?"
    r"|합니다))"
)
_DONE = r"(?:해|시켜|처리해)"
_ERASE_WORDS = (
    rf"(?:지워{_PLEASE}?|지우(?:세요|셔요|십시오|시오|도록해요?|도록해주세요|라고요?|라니까요?)|잊어{_PLEASE}?"
    rf"|잊어버려{_PLEASE}?"
    rf"|삭제{_DONE}{_PLEASE}?|삭제(?:하세요|하십시오|하시오|요|부탁(?:해요?|드려요|드립니다|합니다|이요)|바랍니다"
    rf"|바라요|하라고요?))"
)
_ERASE = (
    rf"(?:{_ERASE_WORDS}|없애{_PLEASE}|없애버려{_PLEASE}?"
    rf"|(?:초기화|폐기|파기|제거)(?:{_DONE}{_PLEASE}?|하세요|하십시오|하시오|부탁(?:해요?|드려요|드립니다|합니다)"
    rf"|바랍니다))"
)
_WISH = (
    rf"(?:(?:지우|삭제하|없애|잊)고싶(?:어요?|습니다|은데요?|네요?)|(?:지울|삭제할|없앨)(?:게요?|래요?|거예요|겁니다)"
    rf"|(?:지워|삭제해|없애)도(?:될까요)|삭제|지우기|지어{_PLEASE}|취소하고지워{_PLEASE})"
)
_DONT = (
    r"(?:마|마요|마라|마세요|마셔요|마십시오|마시오|말아요?|말아(?:줘요?|주세요|주십시오|주라)|말라고요?|말아라"
    r"|말것|않(?:았으면|으면)(?:해요?|합니다|좋겠어요?|좋겠습니다))"
)
_KEEP_NOTHING = (
    rf"(?:(?:기록에|저장소에|서버에|어디에도?)?(?:남기|저장하|기록하|보관하|녹음하|기억하|저장해두|적어두"
    rf"|남겨두)지(?:는|도)?{_DONT}"
    rf"|(?:저장|기록|보관|녹음)(?:을|은|도)?(?:{_DONT}|하지{_DONT}|안(?:했으면|하면|해줬으면)(?:해요?|좋겠어요?"
    rf"|좋겠습니다)|안할래요?|안할게요?)"
    rf"|안남(?:겼으면|기면|겨줬으면)(?:해요?|좋겠어요?|좋겠습니다)|안남길래요?|안남길게요?"
    rf"|(?:기록에)?남(?:기)?는(?:거|것)(?:은|이|는)?(?:싫어요?"
    rf"|싫습니다|그만해?{_PLEASE}?))"
)
_CONSENT = (
    r"(?:(?:아까|방금|제가|내가){0,2}(?:대화|채팅|대화기록|기록|개인정보|정보|저장|수집|이용|보관|(?:대화"
    r"|기록)?(?:를|을)?(?:남기|저장하|보관하)는(?:것|거"
    r"|데)){0,2}(?:에|에대한|에대해)?"
    r"(?:아까|방금|제가|내가){0,2}동의(?:를|는|한것을?|한거를?|했던것을?|했던거를?)?(?:다|이제|그냥)?"
    rf"(?:(?:취소|철회)(?:할게요?|할래요?|합니다|해요?|하겠습니다|하겠어요?|하고싶어요?|하고싶습니다|하려고요?"
    rf"|할거예요|하자|{_DONE}{_PLEASE}|요"
    r"|부탁(?:해요?|드려요|드립니다))"
    rf"|거(?:둘게요?|둘래요?|두겠습니다|두고싶어요?)|거둬{_PLEASE}|안(?:할래요?|할게요?|합니다|해요?|하겠습니다"
    rf"|하고싶어요?)"
    rf"|하지(?:않을게요?|않을래요?|않겠습니다|않아요?|않습니다)|꺼{_PLEASE}?|끌게요?|빼{_PLEASE}|없던(?:걸로"
    rf"|것으로)(?:해{_PLEASE}?|할게요?)))"
)
_CONSENT_ALONE = r"(?:동의(?:취소|철회)|기록지우기|대화지우기)"

_TAIL = (
    r"(?:요|네|예|응|부탁(?:해요?|드려요|드립니다|합니다)|감사합니다|고맙습니다|고마워요?|제발|얼른|빨리|당장|바로"
    r"|지금|다|전부|좀){0,3}"
)
_SLIP = (
    r"(?:[가-힣0-9]{0,24}(?:말했|말해버렸|말하고말았|말씀드렸|불러버렸|불러줬|알려줬|적어버렸|말실수했|실수했"
    r"|실수로말했)(?:는데요?|네요?|어요?|습니다|으니까?|지만|거든요?"
    r"|다)?)?"
)
_AND = r"(?:(?:지우|삭제하|지워주시|삭제해주시|없애)고)"

_CLEARLY = re.compile(
    rf"{_SLIP}{_LEAD}(?:{_HOW}{_THIS_TALK}{_PARTICLE}{_HOW}(?:{_ERASE}|{_WISH}|{_AND}?{_HOW}{_KEEP_NOTHING})"
    rf"|{_CONSENT}){_TAIL}"
)
_ALONE = re.compile(
    rf"{_SLIP}{_LEAD}{_HOW}(?:{_ERASE_WORDS}|{_OWN}{_PARTICLE}{_HOW}{_ERASE}"
    rf"|(?:{_OWN}{_PARTICLE}|{_WHOSE}){_HOW}{_AND}?{_HOW}{_KEEP_NOTHING}|{_CONSENT_ALONE}){_TAIL}"
)
_ABOUT_IT = re.compile(rf"{_LEAD}{_TAIL}|{_SLIP}")

_PLEASE_EN = r"(?:(?:ok|okay|no|hey|hi|maru|please|just|now|actually|wait|sorry|stop)\s+)*"
_ASK_EN = (
    r"(?:(?:can|could|would|will) you (?:please )?|i (?:want|need|would like|'?d like)(?: you)? to "
    r"|i'd like(?: you)? to )?"
)
_TALK_EN = (
    r"(?:(?:all (?:of )?)?(?:this|the|my|our|that|these|those)(?: whole| entire| last| personal| previous)*"
    r" (?:conversation|chat|chat history|conversation history|history|records?|recordings?|data|information|info"
    r"|details|messages?|words|voice|name|number|phone number|address)"
    r"|(?:everything|all|anything)(?: (?:that )?i(?:'ve| have)? (?:just )?(?:said|told you|wrote|typed|asked))?"
    r"|what i(?:'ve| have)? (?:just )?(?:said|told you|wrote|typed|asked)|it all|all of (?:it|that)|this|that)"
)
_ENGLISH = re.compile(
    rf"{_PLEASE_EN}(?:{_ASK_EN}(?:please )?(?:(?:delete|erase|wipe|clear|remove) {_TALK_EN}|forget (?!this|that"
    rf"|it\b){_TALK_EN})"
    rf"|(?:do not|don'?t|never|stop) (?:keep|save|stor|record|remember|keeping|saving|storing|recording)(?:e"
    rf"|ing)? (?:{_TALK_EN}|me|anything|it|what i say)"
    r"|(?:i (?:want to |would like to |wish to |'?d like to )?|i'd like to )?(?:withdraw|revoke|cancel"
    r"|take back) (?:my )?consent|i no longer (?:consent|agree)"
    r"|stop recording(?: me| this)?|i (?:don'?t|do not) consent(?: anymore| any more)?)(?:(?: please| now"
    r"| right now| thanks| thank you| again"
    r"| at all| for me)*)"
)

_SENTENCE_END = re.compile(r"[.!?…。\n]+")
_LONGEST = 60
"""Letters of a sentence; whoever asks to erase says it shortly."""
_SOMETHING_ELSE = "x"


def asks_to_erase(text: str) -> bool:
    """Whether an utterance asks to forget this conversation, to keep nothing of it, or takes consent back.

    One sentence that can only mean this conversation is enough (방금 한 말 지워 주세요); where only the rest tells what
    is to go (지워 주세요, 기록 지워 줘), nothing else may have been said but how it came about (번호를 말해 버렸네요).
    """
    sentences = _SENTENCE_END.split(unicodedata.normalize("NFKC", text).lower())
    parts = [part if len(part) <= _LONGEST else _SOMETHING_ELSE for part in sentences if part.strip()]
    korean = ["".join(letter for letter in part if letter.isalnum()) for part in parts]
    if any(map(_CLEARLY.fullmatch, korean)) or any(map(_ENGLISH.fullmatch, map(_english, parts))):
        return True
    asking = [part for part in korean if _ALONE.fullmatch(part)]
    return bool(asking) and all(part in asking or _ABOUT_IT.fullmatch(part) for part in korean)


def _english(part: str) -> str:
    return " ".join(re.sub(r"[^a-z'’\s]", " ", part).replace("’", "'").split())
