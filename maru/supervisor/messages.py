"""Every line the supervisor shows, in Korean; the names say when."""

from __future__ import annotations

STARTED = "{name}: 시작했습니다 (프로세스 {pid})"
DIED = "{name}: 멈췄습니다 ({how}). {delay:.0f}초 뒤 다시 시작합니다"
GAVE_UP = "{name}: 1분 안에 {count}번 멈춰서 그만둡니다. 기록의 마지막 줄들({log}):"
EXIT_CODE = "종료 코드 {code}"
EXIT_SIGNAL = "신호 {name}"

WAITING_FOR_EMBEDDER = "앱이 문장 모델을 읽는 중입니다"
MODEL_OUTDATED = "Rasa 모델의 재료가 바뀌어 다시 학습합니다"
TRAINING = "Rasa 모델을 학습합니다 (1분쯤 걸립니다)"
TRAINED = "Rasa 모델을 학습했습니다: {model} ({seconds:.1f}초)"
TRAINING_AGAIN = "학습이 실패해 한 번 더 해 봅니다"
TRAINING_FAILED = "Rasa 모델을 학습하지 못했습니다. 기록의 마지막 줄들({log}):"
ALREADY_TRAINED = "Rasa 모델이 재료와 맞습니다: {model}"
MISSING_PARTS = "준비 중: {parts}"
STILL_WAITING = "아직 준비 중입니다 ({seconds:.0f}초). 기록: {folder}"
PARTS = {"knowledge": "지식", "rasa": "Rasa", "speech": "음성", "privacy": "개인정보 보호", "database": "데이터베이스"}
READY = "마루가 준비됐습니다: {url}  ({seconds:.1f}초 · Ctrl-C로 끕니다)"

STOPPING = "끄는 중입니다 …"
STOPPED = "모두 껐습니다"
KILLING = "기다리지 않고 바로 끕니다"

PORT_TAKEN = "포트 {port}을(를) 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끄거나 {setting}=다른번호 로 바꾸세요."
PORT_FORBIDDEN = "포트 {port}은(는) 이 사용자가 열 수 없습니다. {setting}=1024 이상의 번호 로 바꾸세요."
ADDRESS_UNKNOWN = "이 컴퓨터에 {host} 주소가 없습니다. {setting} 설정을 살펴보세요."
ALREADY_RUNNING = "이 자료 폴더({folder})로 마루가 이미 켜져 있습니다."
NO_RASA_ENVIRONMENT = "Rasa 환경({python})이 없습니다. make setup 을 먼저 하세요."
