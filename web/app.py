"""The FastAPI application: what is built once, and which routes it has."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.formparsers import MultiPartParser

import maru
from actions.rasa_actions import make_executor
from actions.reply import ReplyWriter
from maru.clock import SystemClock
from maru.database import migrate, open_engine
from maru.secrets import load_secrets
from maru.settings import Settings
from privacy.transcripts import TranscriptStore
from voice.espeak import EspeakSynthesizer
from voice.synthesis_service import SynthesisService
from web import api, internal, page, speech, staff_page, voice_stream
from web.agencies import Agencies
from web.body_limit import BodyLimit
from web.conversation import Conversation
from web.form_conversation import FormConversation
from web.housekeeping import keep_house
from web.idempotency import RepeatedTurns
from web.parts import Parts
from web.problems import install_problem_handlers
from web.rasa_client import RasaClient
from web.sessions import SessionTokens
from web.spoken_turn import SpokenTurns
from web.voice_stream import OpenStreams

_MULTIPART_OVERHEAD = 64_000


def create_app(settings: Settings) -> FastAPI:
    """The application; its heavy parts load in the background once it starts."""
    clock = SystemClock()
    engine = open_engine(settings.app_database_url)
    secrets = load_secrets(settings)
    parts = Parts(settings, engine, clock)
    rasa = RasaClient(f"http://{settings.rasa_host}:{settings.rasa_port}", secrets.rasa_secret, settings.rasa_timeout_s)
    transcripts = TranscriptStore(
        engine, clock.now, min_sessions=settings.export_min_sessions, audit_days=settings.audit_days
    )
    turns = Conversation(
        agency=settings.agency,
        knowledge=parts.knowledge,
        scrubber=parts.scrubber,
        transcripts=transcripts,
        rasa=rasa,
        writer=ReplyWriter(settings, parts.knowledge),
        clock=clock,
    )
    tokens = SessionTokens(secrets.rasa_secret, clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        migrate(engine)
        parts.start()
        housekeeping = asyncio.create_task(keep_house(transcripts, parts.scrubber, settings.transcript_days))
        yield
        housekeeping.cancel()
        await parts.close()
        app.state.synthesis.close()
        await rasa.close()
        engine.dispose()

    app = FastAPI(
        title="Maru",
        version=maru.__version__,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.secrets = secrets
    app.state.parts = parts
    app.state.rasa = rasa
    app.state.transcripts = transcripts
    app.state.turns = turns
    app.state.tokens = tokens
    app.state.agencies = Agencies(settings, parts.knowledge.store)
    app.state.repeated_turns = RepeatedTurns()
    app.state.spoken_turns = SpokenTurns(turns, app.state.repeated_turns, settings, parts)
    app.state.synthesis = SynthesisService(EspeakSynthesizer(), settings.synthesis_queue)
    app.state.open_streams = OpenStreams(settings.speech_streams)
    app.state.conversation = FormConversation(turns, tokens, settings)
    app.state.executor = make_executor(parts.knowledge)
    largest_upload = settings.max_audio_bytes + _MULTIPART_OVERHEAD
    # From 1 MB on, Starlette would write a recording to a temporary file.
    MultiPartParser.spool_max_size = largest_upload
    app.add_middleware(
        BodyLimit,
        default=32_000,
        limits={
            "/api/v1/voice": largest_upload,
            "/internal/": 4_000_000,
        },
    )
    install_problem_handlers(app)
    app.include_router(api.router)
    app.include_router(voice_stream.router)
    app.include_router(speech.router)
    app.include_router(internal.router)
    app.include_router(page.router)
    app.include_router(staff_page.router)
    page.mount_static(app)
    return app
