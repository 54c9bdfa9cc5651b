"""The one settings object. Every value is read from the environment (prefix ``MARU_``) or from a ``.env`` file."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from maru.vault_key import read_vault_key

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Maru's settings; the README lists each of them (a test compares the two)."""

    model_config = SettingsConfigDict(
        env_prefix="MARU_",
        env_file=ROOT / ".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # what is wrong may be a secret
    )

    # The city
    city_name: str = Field("우리 시", description="도시 이름. 화면 제목과 인사말에 나옵니다.")
    contact: str = Field("120 민원 콜센터 또는 시청 대표전화", description="답을 찾지 못했을 때 안내할 곳(한국어).")
    contact_en: str = Field(
        "the city call centre (120) or, in other languages, 1345",
        description="답을 찾지 못했을 때 안내할 곳(영어).",
    )
    agency: str = Field("city", description="이 서버가 기본으로 안내하는 기관 코드.")
    agencies: str | None = Field(
        None, description="대화가 고를 수 있는 다른 기관 코드(쉼표로). FAQ에 항목이 있는 기관은 적지 않아도 됩니다."
    )
    default_locale: Literal["ko", "en"] = Field("ko", description="언어를 말하지 않은 요청의 언어.")

    # Addresses
    host: str = Field("127.0.0.1", description="앱이 듣는 주소. 밖에 열려면 0.0.0.0(앞에 TLS 프록시를 두세요).")
    port: int = Field(8000, ge=0, le=65535, description="앱이 듣는 포트.")
    rasa_host: str = Field("127.0.0.1", description="Rasa가 듣는 주소. 밖에서 닿으면 안 됩니다.")
    rasa_port: int = Field(5005, ge=0, le=65535, description="Rasa가 듣는 포트.")
    rasa_timeout_s: float = Field(8.0, gt=0, description="Rasa의 대답을 기다리는 시간(초).")

    # Where things lie
    data_dir: Path = Field(ROOT / "var", description="데이터베이스, 색인, 비밀값, 기록이 놓이는 폴더.")
    models_dir: Path = Field(ROOT / "models", description="모델 파일이 놓이는 폴더.")
    contacts_file: Path = Field(
        ROOT / "data" / "contacts.yml", description="답을 찾지 못했을 때 분야마다 안내할 곳을 적은 YAML 파일."
    )
    seed_dir: Path = Field(ROOT / "data" / "faq", description="처음 실행할 때 넣을 FAQ YAML 폴더.")
    database_url: str | None = Field(None, description="SQLAlchemy 주소. 비우면 data_dir의 SQLite(maru.db).")
    rasa_database_url: str | None = Field(
        None, description="Rasa 대화 상태 데이터베이스. 비우면 data_dir의 SQLite(rasa.db)."
    )
    redis_url: SecretStr | None = Field(
        None,
        description="앱 여럿이 함께 쓰는 세션 금고의 Redis 주소(redis://, rediss://, unix://). 비우면 앱의 메모리.",
    )

    # Secrets: made on first start and kept in data_dir/secrets.json (0600) when left empty
    rasa_secret: SecretStr | None = Field(None, description="앱과 Rasa가 서로를 알아보는 비밀값. 비우면 만들어 둡니다.")
    staff_token: SecretStr | None = Field(None, description="직원용 질문에 필요한 토큰. 비우면 만들어 둡니다.")
    vault_key: SecretStr | None = Field(
        None, description="Redis에 두는 것을 암호화하는 열쇠(32바이트를 base64로). 비우면 만들어 둡니다."
    )

    # Models
    embedder: str = Field(
        "e5-small", description="문장 임베딩 모델: e5-small(함께 오는 것) 또는 sentence-transformers 이름·폴더."
    )
    adaptation: str = Field(
        "shipped",
        description="임베딩 모델에 얹는 민원 질문용 가중치: shipped(함께 오는 것), none(바탕 모델만) 또는 파일.",
    )
    whisper: str = Field("base", description="음성 인식 모델: base(함께 오는 것) 또는 faster-whisper 이름·폴더.")
    device: Literal["cpu", "cuda"] = Field("cpu", description="모델을 돌릴 장치.")
    threads: int = Field(2, ge=1, description="음성 인식이 쓰는 CPU 스레드 수.")

    # Retrieval and the decision
    wrong_answer_cost: float = Field(
        2.2,
        gt=1,
        le=1000,
        description="틀린 답 하나는 되묻기 몇 번만큼 나쁜가. 올리면 틀린 답이 줄고 되묻기가 늡니다.",
    )
    answer_threshold: float | None = Field(
        None, ge=0, le=1, description="맞을 확률이 이 값 이상이면 바로 답합니다. 비우면 틀린 답의 값에서 나옵니다."
    )
    clarify_threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="보여 줄 항목 가운데 맞는 것이 있을 확률이 이 값 이상이면 되묻습니다. 비우면 0.2.",
    )
    index_poll_s: float = Field(
        0.2, gt=0, description="FAQ가 바뀌었는지 살피는 간격(초). PostgreSQL에서는 바뀌는 즉시 알림을 받습니다."
    )

    # Limits
    max_text_chars: int = Field(1000, ge=1, le=1000, description="한 번에 물을 수 있는 글자 수.")
    max_audio_s: float = Field(60.0, gt=0, description="한 번에 보낼 수 있는 녹음 길이(초).")
    max_audio_bytes: int = Field(10_000_000, ge=1, description="한 번에 보낼 수 있는 녹음 크기(바이트).")
    speech_queue: int = Field(
        8, ge=1, description="음성 인식을 기다릴 수 있는 요청 수. 넘으면 잠시 뒤에 하라고 합니다."
    )
    speech_timeout_s: float = Field(30.0, gt=0, description="음성 인식 한 건의 제한 시간(초).")
    speech_streams: int = Field(
        16, ge=1, description="말하는 동안 소리를 보내는 연결 수. 넘으면 녹음을 한 번에 보내게 합니다."
    )
    speech_patience_s: float = Field(
        1.6, ge=0.5, le=10, description="말을 멈춘 뒤 끝난 것으로 볼 때까지 기다리는 시간(초)."
    )
    synthesis_queue: int = Field(
        4, ge=1, description="서버가 소리 내어 읽어 주기를 기다릴 수 있는 요청 수. 넘으면 잠시 뒤에 하라고 합니다."
    )
    scrub_timeout_s: float = Field(
        1.0, gt=0, description="개인정보 지우기 한 건의 제한 시간(초). 넘으면 남기지 않습니다."
    )

    # A device that strangers use one after the other (``/?mode=kiosk``)
    kiosk_idle_s: int = Field(
        60, ge=15, description="키오스크에서 이만큼(초) 아무것도 하지 않으면 계속 쓰시는지 묻습니다."
    )
    kiosk_countdown_s: int = Field(
        30, ge=20, description="키오스크에서 계속 쓰시는지 물은 뒤 화면을 지울 때까지 기다리는 시간(초). 20초 이상."
    )

    # Keeping
    vault_ttl_s: float = Field(1800.0, gt=0, description="대화 중 개인정보 원문을 금고에 두는 시간(초).")
    transcript_days: int = Field(90, ge=1, description="동의한 대화 기록(개인정보를 지운 것)을 두는 날 수.")
    export_min_sessions: int = Field(
        3, ge=2, description="재학습용으로 내보낼 말은 적어도 이만큼의 서로 다른 대화에서 나왔어야 합니다."
    )
    audit_days: int = Field(1095, ge=1, description="누가 대화를 내보내고 지웠는지 적은 기록을 두는 날 수.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="기록 수준.")

    @field_validator("redis_url", "vault_key")
    @classmethod
    def _empty_is_none(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().strip() if value is not None else ""
        return SecretStr(text) if text else None

    @field_validator("redis_url")
    @classmethod
    def _names_a_redis(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _is_redis_url(url.get_secret_value()):
            raise ValueError("redis://[이름:암호@]주소[:포트][/번호], rediss://…, unix:///소켓 가운데 하나여야 합니다")
        return url

    @field_validator("vault_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        try:
            if key is not None:
                read_vault_key(key.get_secret_value())
        except ValueError:
            raise ValueError("32바이트를 base64로 적어야 합니다(openssl rand -base64 32)") from None
        return key

    @model_validator(mode="after")
    def _thresholds_in_order(self) -> Self:
        answer, clarify = self.answer_threshold, self.clarify_threshold
        if answer is not None and clarify is not None and clarify > answer:
            raise ValueError("MARU_CLARIFY_THRESHOLD는 MARU_ANSWER_THRESHOLD보다 클 수 없습니다")
        return self

    @property
    def agency_codes(self) -> frozenset[str]:
        """The agencies that the settings name."""
        named = (self.agencies or "").split(",")
        return frozenset({self.agency, *(code.strip() for code in named if code.strip())})

    @property
    def app_database_url(self) -> str:
        """SQLAlchemy URL of the app's own database (FAQ, transcripts, feedback)."""
        return self.database_url or f"sqlite:///{self.data_dir / 'maru.db'}"

    @property
    def rasa_tracker_url(self) -> str:
        """SQLAlchemy URL of Rasa's tracker store."""
        return self.rasa_database_url or f"sqlite:///{self.data_dir / 'rasa.db'}"


_REDIS_OPTIONS = {
    "redis": {"db", "username", "password"},
    "rediss": {"db", "username", "password", "ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs"},
    "unix": {"db", "username", "password"},
}
"""What may stand behind the ``?``. Others of the client's options (timeouts, decoding) are the vault's own business."""


def _is_redis_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        known = options.keys() <= _REDIS_OPTIONS[parts.scheme] and options.get("db", "0").isdecimal()
        if parts.scheme == "unix":
            return known and not parts.netloc and len(parts.path) > 1
        return known and bool(parts.hostname) and parts.port != 0 and bool(re.fullmatch(r"/?[0-9]*", parts.path))
    except (ValueError, KeyError):
        return False


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Read the settings once a process."""
    return Settings()
