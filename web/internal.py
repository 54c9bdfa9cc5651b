"""What Rasa asks the app for: actions and sentence features. Answers nobody without the shared secret."""

from __future__ import annotations

import hmac
import json
import zlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException, ActionNotFoundException

from knowledge.embedder import Embedder
from web.parts import NotLoadedError, Parts
from web.problems import Problem
from web.rasa_client import encode_vector

MAX_INFLATED_BYTES = 4_000_000
_MAX_TEXT_CHARS = 2_000


async def _from_rasa(request: Request) -> None:
    expected = f"Bearer {request.app.state.secrets.rasa_secret}"
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected.encode()):
        raise Problem(403, "forbidden")


router = APIRouter(prefix="/internal", include_in_schema=False, dependencies=[Depends(_from_rasa)])


class EmbeddingRequest(BaseModel):
    """Texts whose sentence features Rasa needs."""

    model_config = ConfigDict(hide_input_in_errors=True)

    texts: list[Annotated[str, Field(max_length=_MAX_TEXT_CHARS)]] = Field(max_length=256)


@router.get("/embeddings/fingerprint")
async def fingerprint(request: Request) -> dict[str, str]:
    """Which embedder this is: a Rasa model trained with another one must not be used."""
    return {"model": _embedder(request).fingerprint}


@router.post("/embeddings")
async def embeddings(request: Request, body: EmbeddingRequest) -> dict[str, Any]:
    """Question vectors, base64 of little-endian float16, in the order of the texts."""
    embedder = _embedder(request)
    vectors = await run_in_threadpool(embedder.encode_queries, body.texts)
    return {"model": embedder.fingerprint, "vectors": [encode_vector(vector) for vector in vectors]}


@router.post("/actions")
async def actions(request: Request) -> JSONResponse:
    """One action call of Rasa's, answered as rasa-sdk's own server would."""
    executor: ActionExecutor = request.app.state.executor
    try:
        call = json.loads(await _inflated(request))
        result = await executor.run(call)
    except ActionExecutionRejection as error:
        return JSONResponse({"error": error.message, "action_name": error.action_name}, 400)
    except ActionNotFoundException as error:
        return JSONResponse({"error": error.message, "action_name": error.action_name}, 404)
    except ActionMissingDomainException as error:
        return JSONResponse({"error": error.message, "action_name": error.action_name}, 449)
    except (ValueError, zlib.error):
        raise Problem(400, "bad_request") from None
    return JSONResponse(result.model_dump() if result else None)


async def _inflated(request: Request) -> bytes:
    body = await request.body()
    if request.headers.get("content-encoding") != "deflate":
        return body
    inflater = zlib.decompressobj()
    inflated = inflater.decompress(body, MAX_INFLATED_BYTES)
    if inflater.unconsumed_tail:
        raise ValueError("too large")
    return inflated


def _embedder(request: Request) -> Embedder:
    parts: Parts = request.app.state.parts
    try:
        return parts.embedder
    except NotLoadedError:
        raise Problem(503, "starting") from None
