"""Words that mean somebody is in danger now: they go before everything else, whatever the intent classifier thinks.

What no word of the list says (a calm or roundabout way to put it) is left to ``knowledge/danger.py``.
"""

from __future__ import annotations

import re

from knowledge.danger import Emergency


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# A question about the topic (a course, an insurance, a shelter), a rule, a bill, or what happened long ago.
_ASKS_ABOUT = _any(
    r"교육|훈련|강좌|배우|배울|체험|대피소|대피로|대피\s*요령|행동\s*요령|예방|보험|신청|예약|접수|지원|서류|자격|수당|벌금|과태료",
    r"포상|진단서|점검|검사|설치|달아\s*(주|달)|딱지|요금|비용|얼마|돈\s*내|(치료|병원|장례|생활)비|보상|물어\s*주|등록|증명|발급",
    r"통계|위치|규정|기준|절차|제도|대상|의무|처분|상담소|상담(을|은)?\s*(받|하는\s*곳)|센터|쉼터|머물|갈\s*데|살\s*곳|잘\s*데",
    r"어디\s*(있|서|에서|다|로|예요|인가요|$)|어디에\s*(있|신고|말|신청)|어디가|몇\s*(시|년|번|명)|언제|운영|예정|간병|휴직|다면서",
    r"작년|재작년|옛날|예전|지난\s*(주|달|해|번|봄|여름|가을|겨울|명절|설|추석)|(년|달|주일|개월)\s*전|가끔|때마다",
    r"(나|지|되|하|르|리|치|오|가|서|으)면\s*(어디|어떻|누가|뭐|무엇|어찌)|(났|졌|했|쳤|렸|인|는|을|할)\s*(때|경우)",
    r"how (to|much|do i (apply|get a))|training|certificate|insurance|class\b|course|apply|shelter|refund|fees?\b",
    r"last (year|month|week)",
)

# What only somebody says who needs help this minute, whatever else is in the sentence.
_THIS_MINUTE = _any(
    r"(지금|방금|빨리|얼른)[^.?!]{0,20}(쓰러|의식|숨|피|불|연기|때리|때려|쫓|칼|죽)",
    r"살려\s*달라고|숨을?\s*(안|못)\s*(쉬|쉰)|의식이?\s*없",
)

_SOMEBODY = (
    r"(사람|어르신|노인|할머니|할아버지|할멈|어머니|어머님|아버지|아버님|엄마|아빠|남편|아내|집사람|양반|아이|애기|애|아기|"
    r"친구|영감|운전자|학생|동생|딸|아들|누가|누군가)(님|들)?(이|가|은|는|을|를)?"
)
_FAMILY = (
    r"(남편|아내|아버지|아빠|새아버지|계부|엄마|어머니|새어머니|계모|시어머니|남자\s*친구|남친|"
    r"애인|동거인|그이|아들|며느리|사위|오빠)(이|가|은|는|한테|에게)?\s*[^.?!]{0,15}"
)
_STRANGER = (
    r"(누가|누군가|모르는\s*(사람|아저씨|남자)|어떤\s*(남자|사람)|이상한\s*(사람|남자)|스토커|"
    r"술\s*취한\s*사람)(이|가)?\s*[^.?!]{0,16}"
)
_MISSED = (
    r"(아이|애|아기|손주|손녀|손자|딸|아들|어르신|할머니|할아버지|어머니|아버지|엄마|아빠|"
    r"영감|남편)(가|이)?\s*[^.?!]{0,12}"
)
_NOT_A_JAB = r"(?<!주사를 )(?<!주사 )(?<!백신을 )(?<!백신 )(?<!접종을 )"
_NOT_AN_EXAM = r"(?<!추첨에서 )(?<!심사에서 )(?<!면접에서 )(?<!시험에서 )(?<!시험에 )(?<!추첨 )"

_SUICIDE = _any(
    # The wish, in plain words
    r"(?<!고파 )(?<!파 )죽고\s*(만\s*)?싶|죽어\s*버리고\s*싶|죽으려고|죽을래|죽을\s*(거예요|겁니다|생각)",
    r"자살\s*(하|할|생각)",
    r"목숨을?\s*(끊|버리)|목을?\s*(매|맬|맸)|생을?\s*(마감|끝)|세상을?\s*(등지|떠나고\s*싶|하직)|극단(적인)?\s*선택(을|하)",
    r"(그만|더는?|더\s*이상)\s*살고\s*싶|살고\s*싶지\s*않|살고\s*싶은\s*(마음|생각)이?\s*(없|안)|살기(가)?\s*싫",
    r"살\s*(이유|까닭|의미|희망)(가|이|를|을)?\s*(도\s*)?(모르|없)|(사라지|없어지)고\s*(만\s*)?싶(?!은\s*(기미|점))",
    r"뛰어\s*내리고\s*싶|뛰어\s*내릴\s*(거|래|까|생각)|(내가|제가|나도?|^)\s*뛰어\s*내리(려|고)",
    r"유서[^.?!]{0,8}(써|썼|쓰고)|손목을?\s*(그|긋)",
    # The means
    r"번개탄을?\s*(사|샀|피우)|(수면제|약|농약)(을|를)?\s*(모아|모으고|한꺼번에\s*먹|너무\s*많이|다\s*먹|한\s*통)",
    # The farewell, and what hides it
    r"(없어져야|죽어야)\s*(\w+\s*){0,3}(편|낫)|안\s*(깨|깼|일어)[가-힣]*으면\s*좋겠",
    r"(오늘|이\s*밤|내일)[^.?!]{0,12}(마지막|없)[가-힣]*면\s*좋겠|나도\s*따라\s*(가고\s*싶|갈라|갈래|가려)|데려\s*가\s*주었으면",
    r"살아\s*(봐야|서)\s*(뭐|무엇|뭣)\s*(하|해)|더\s*살아\s*(뭐|무엇|뭣)",
    r"(죽겠다|죽는다|자살하겠다|다\s*끝이라)고?[^.?!]{0,12}(문자|연락|전화|말을)",
    r"kill(ing)? myself|(want|going|wish) to die|suicid|end(ing)? (my life|it all)|i'?m going to jump",
    r"(don'?t|no longer) want to (live|be alive)|no reason (to|for me to) (live|go on)|reason to go on living",
    r"better off without me|(took|taken|swallowed) (too many|all (of )?(my|the)) pills",
)
_VIOLENCE = _any(
    _FAMILY + r"(때려(요|서|여|$)|때리(고|네|려)|때립|때렸|맞고\s*있|" + _NOT_A_JAB + r"맞았(어|습))",
    _FAMILY + r"(폭행|손찌검|머리채|목을?\s*(졸|조르|눌)|가둬|가뒀|가두고|죽인다고|죽이겠다)",
    r"가정\s*폭력(을|이)?\s*(당하|있어|지금)|성폭행|성폭력(을)?\s*당|(?<![건한])강간|데이트\s*폭력(을)?\s*당|몹쓸\s*짓을?\s*당",
    r"(아이|애|아기|학생|할머니|어머니)(가|이|를|을)?\s*[^.?!]{0,10}(맞는\s*소리|학대당하|때리는\s*소리)",
    r"(우는|비명)\s*소리[^.?!]{0,8}때리는|(집에\s*가면|또)\s*(맞을|때릴|때리)",
    r"(husband|wife|boyfriend|father|stepfather|partner|\bhe|\bshe)\b.{0,30}\b(hits?|hitting|beats?|beating)\b",
    r"(husband|wife|boyfriend|father|partner|\bhe|\bshe)\b.{0,30}\b(hurt(s|ing)?|chok(es|ing|ed) me|threatens to kill)",
    r"\braped\b|forced me to have sex",
)
_MEDICAL = _any(
    # Fire, smoke, gas
    r"(?<!환)불(이\s*나(?!가|갔|오|왔|와|옵|간|면|서\s*집)|이?\s*(났(?!던)|붙었|번지|안\s*꺼))|불이야|불길|불꽃이?\s*(튀|보)",
    r"(산불|화재)(이|가)?\s*(났|발생|나고)|연기가?\s*(나[요고는]?\s*$|나요|나고|가득|들어|올라|차|자욱)|연기\s*나\s|타는\s*냄새",
    r"가스\s*(가|이|에)?\s*(새|샌|냄새|누출|중독)|연탄가스를?\s*마|폭발(?!적)|펑\s*(터|하고)",
    # Somebody is down or hurt
    _SOMEBODY
    + r"\s*[^.?!]{0,14}(쓰러(?!질까)|의식|정신을\s*(잃|못)|숨을?\s*(안|못|헐떡)|숨이\s*(안|멎|막|차)|피를|경련|거품)",
    _SOMEBODY
    + r"\s*[^.?!]{0,14}(에\s*빠(졌|져)|갇(혔|혀)|깔렸|묻혔|(안|못)\s*(움직|일어나)|떠내려|떠\s*있|치였|끼었|끼였)",
    _SOMEBODY + r"\s*[^.?!]{0,14}(데었|물렸는데|삼켰|" + _NOT_AN_EXAM + r"떨어졌)",
    r"쓰러(졌|져\s*(있|계)|지셨|지더)|(의식|호흡|맥박|반응)(이|을|도|가)?\s*(없|잃|흐|안\s*잡)|심폐소생|심정지|심장(이)?\s*(멎|멈)",
    r"숨(을|이|도)?\s*(안\s*쉬|못\s*쉬|멎|막혀|막히|막힐|차서)|숨쉬기(가)?\s*(힘|어려|곤란)|입술이\s*파|얼굴이\s*(파래|파랗|새파)",
    r"눈(이|을)\s*(돌아가|뒤집|까뒤집)|(눈을|말을)\s*(안\s*떠|못\s*떠)|혀가\s*(꼬|말)|말이\s*(자꾸\s*)?(어눌|꼬이)|입이\s*돌아|반쪽이?\s*(안|마비)",
    r"(팔|다리|손|몸)[^.?!]{0,10}(저리|힘이\s*(없|빠지|쭉)|마비)[^.?!]{0,25}(가슴|식은땀|말|혀|갑자기|한\s*시간|지금|아까)",
    r"가슴[^.?!]{0,10}(조이|조여|쥐어|너무\s*아|터질|답답하고\s*숨)|식은땀|(?<!커)피(가|를)?\s*(안\s*멈|많이\s*나|멈추지|철철|계속\s*나)",
    r"(?<!커)피를\s*(쏟|토)|(손가락|팔|다리|손)(이|을)?\s*[^.?!]{0,10}(잘렸|잘려|절단|부러졌|꺾였)|굴러서\s*[^.?!]{0,6}움직이",
    r"머리(를|에서)\s*[^.?!]{0,8}(부딪|박았|다쳐|피)|목에\s*[^.?!]{0,10}(걸렸|걸려|걸리셨|끼)|켁켁|캑캑",
    r"(양수|진통)(가|이)\s*(터|와|오|시작)|감전|(벌|뱀|독사)(에|한테)?\s*(쏘|물리|물렸)",
    r"(락스|농약|독버섯|표백제)[^.?!]{0,12}(마셨|먹었|섞)",
    # Trapped, drowning, lost, a crash, at the edge
    r"물에\s*(빠졌|빠져|휩쓸|잠기)|(강|하천|저수지|바다|계곡)(물)?(에|로)\s*[^.?!]{0,8}(빠졌|빠져|떠내려|휩쓸|뛰어들|사람)|얼음이\s*깨져",
    r"물이\s*[^.?!]{0,10}(차올라|차오르|들어차|차서\s*못)|(차가?|집이?)\s*(물에\s*)?(떠내려|잠기고)|갇혔(어|습|는)|갇혀\s*있",
    r"(엘리베이터|승강기)(가|에|이)?\s*[^.?!]{0,8}(갇|멈춰|멈췄|섰)|못\s*나(가고|오고)\s*있|(무너져|무너졌)[^.?!]{0,12}(사람|깔|묻|안에)",
    r"(버스|차|트럭|오토바이)(가|이)?\s*[^.?!]{0,8}(뒤집혔|뒤집어졌|들이받)|(차|트럭|버스|오토바이)에\s*(치였|치여(?!\s*죽은)|받혀|받혔)",
    r"사고(가)?\s*났[^.?!]{0,10}(다쳤|피|사람)|산에서\s*[^.?!]{0,6}길을\s*잃|조난",
    r"(난간|옥상|창문?)\s*(에|밖|끝|위)[^.?!]{0,10}(서\s*있|매달|뛰어내|나와\s*있|앉아)|뛰어\s*내리려",
    # The call itself
    r"119\s*(불러|에\s*전화해|좀\s*불|보내)|(?<!사설 )구급차\s*(좀|빨리|불러|보내)|사람\s*살려",
    r"(?<!되)살려\s*(줘|주세요|주십|주시오)(?!\s*제)|응급\s*상황(이|입)|위급(해|합|하)|죽게\s*생겼|죽어\s*가(요|고)",
    r"not breathing|stopped breathing|can'?t breathe|trouble breathing|unconscious|passed out|collapsed|heart attack",
    r"chest pain|chok(ing|es)\b|(house|building|apartment|kitchen|car).{0,15}on fire|^fire\b",
    r"(there('?s| is)|it'?s) a fire|smoke (everywhere|coming|in)|(call|need|send) an ambulance|gas leak",
    r"smell(s|ing)? (of |like )?gas|drowning|bleeding",
    r"overdos|seizure|(stuck|trapped) in (the|an) (elevator|lift)|i'?m trapped|car accident.{0,30}(hurt|injur)",
)
_CRIME = _any(
    r"(도둑(?!고양이|맞)|강도(?!\s*(가\s*(약|세|높|낮)|조절))|괴한|침입)(이|가|을|를)?\s*"
    r"[^.?!]{0,10}(들었|들어왔|들어와|당했|쫓아|따라|있어)",
    r"강도(예요|야|입니다)|(칼|흉기|도끼|망치)(을|를)?\s*(들고|든|휘두)|칼에\s*(찔|베)|찔렸",
    _STRANGER + r"(쫓아|따라\s*(와|오|다)|뒤를\s*밟|문을?\s*[^.?!]{0,3}(부수|두드|발로|열려))",
    _STRANGER + r"(비밀번호를|들어오려|협박|끌고|태우려|죽이|때리)",
    r"스토킹(을)?\s*당하고|스토커가|납치|유괴|감금|끌려\s*(가고|왔)|비명\s*(소리|을|질)|(패고|때리고)\s*있|맞고\s*있|지금\s*폭행",
    _MISSED + r"(없어졌|사라졌|실종|안\s*보여|안\s*들어와|집에\s*안\s*왔)",
    r"(아이|애|손주|딸|아들)(를|을)\s*잃어버|(애|아이|손주)(의)?\s*손을\s*놓쳤",
    r"(112|경찰)(에|을|를)?\s*(좀\s*)?(불러|신고해)\s*(줘|주)|보이스\s*피싱(에|을)?\s*(당했|돈을\s*보냈)",
    r"\bbreak(ing|s)? in(to)?\b(?! a sweat)|(following|chasing|stalking) me|being followed|has a knife|with a knife",
    r"call the police|\brobbed\b|kidnap|lost my (child|kid|son|daughter|baby)|i'?m in danger",
    r"(my |our )?(child|kid|son|daughter|baby|grandmother|mother|father) (is|went|has gone) missing",
)

# Ordered: the first kind that matches wins. Patterns ask for danger in progress, not for the topic.
_PATTERNS: tuple[tuple[Emergency, re.Pattern[str]], ...] = (
    ("suicide", _SUICIDE),
    ("violence", _VIOLENCE),
    ("medical", _MEDICAL),
    ("crime", _CRIME),
)
_CERTAIN: frozenset[Emergency] = frozenset({"suicide"})


def detect_emergency(text: str) -> Emergency | None:
    """The kind of danger that the words say is happening, or None.

    A question *about* the topic (a course, an insurance, a shelter) isn't one, except where a life may be at stake by
    the person's own hand: that always counts.
    """
    for kind, pattern in _PATTERNS:
        if pattern.search(text) and (kind in _CERTAIN or not _is_about(text)):
            return kind
    return None


def _is_about(text: str) -> bool:
    return _ASKS_ABOUT.search(text) is not None and _THIS_MINUTE.search(text) is None
