// The REST API, one function a route. docs/api.md is the contract.

import { locale as pageLocale } from "./wording.js";

/** @typedef {import("./wording.js").Locale} Locale */
/** @typedef {{entry_id: string, question: string, score: number}} Suggestion */
/** @typedef {"yes_no" | "choice"} Expected */
/** @typedef {"again" | "slower" | "faster" | "louder" | "quieter" | "pause" | "resume" | "stop" | "say_again"} DeviceCommand */
/**
 * @typedef {object} Reply
 * @property {string} turn_id
 * @property {string} status
 * @property {string} text
 * @property {string} html
 * @property {string} speech
 * @property {string | null} entry_id
 * @property {string | null} question
 * @property {string | null} contact
 * @property {string | null} source_url
 * @property {string | null} checked_on
 * @property {string | null} note
 * @property {Suggestion[]} suggestions
 * @property {Expected | null} expects what the reply waits for
 * @property {Locale} locale
 * @property {"all" | "partly" | null} erased
 */
/** @typedef {{session_id: string, number: string, consent: boolean, reply: Reply}} NewSession */
/** @typedef {{text: string, confidence: number, audio_s: number}} Heard */
/** @typedef {{heard: Heard, command: "yes" | "no" | null, reply: Reply} | {heard: Heard, command: DeviceCommand, reply: null}} VoiceTurn */
/** @typedef {"offline" | "network" | "timeout" | "server" | "refused"} FailureKind */

const BASE = "/api/v1";
const TEXT_TIMEOUT_MS = 20_000;
const VOICE_TIMEOUT_MS = 75_000;

/** A request that brought no answer. `message` is the server's own text for people, or empty. */
export class ApiError extends Error {
  /**
   * @param {FailureKind} kind "refused" means that sending the same again would not help
   * @param {number} status 0 where no answer came
   * @param {string} code
   * @param {string} message
   */
  constructor(kind, status = 0, code = "", message = "") {
    super(message);
    this.name = "ApiError";
    this.kind = kind;
    this.status = status;
    this.code = code;
  }

  /** Whether the server no longer knows this session. */
  get sessionLost() {
    return (this.status === 404 || this.status === 410) && this.code === "session_unknown";
  }
}

/** @param {Response} response */
async function readError(response) {
  const again = response.status >= 500 || response.status === 429 || response.status === 408;
  let code = "";
  let message = "";
  try {
    const body = await response.json();
    code = String(body?.error?.code ?? "");
    message = String(body?.error?.message ?? "");
  } catch {
    // A proxy's error page: the status has to do.
  }
  return new ApiError(again ? "server" : "refused", response.status, code, message);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{session?: string, turnKey?: string, json?: unknown, form?: FormData, timeoutMs?: number, sound?: boolean}} [options]
 * @returns {Promise<any>} the JSON body, null for an empty one, or a Blob of sound
 */
async function request(method, path, { session, turnKey, json, form, timeoutMs = TEXT_TIMEOUT_MS, sound = false } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: sound ? "audio/wav, application/json" : "application/json", "Accept-Language": pageLocale() };
  if (session) headers["X-Maru-Session"] = session;
  if (turnKey) headers["Idempotency-Key"] = turnKey;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const response = await fetch(BASE + path, {
      method,
      headers,
      body: form ?? (json === undefined ? null : JSON.stringify(json)),
      signal: stop.signal,
      cache: "no-store",
      credentials: "same-origin",
      // What is to be erased is erased even if the page goes away meanwhile.
      keepalive: method === "DELETE",
    });
    if (!response.ok) throw await readError(response);
    if (sound) return await response.blob();
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (stop.signal.aborted) throw new ApiError("timeout");
    throw new ApiError(navigator.onLine ? "network" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Locale} locale
 * @param {string | null} agency
 * @returns {Promise<NewSession>}
 */
export function createSession(locale, agency) {
  return request("POST", "/sessions", { json: { locale, agency } });
}

/**
 * @param {string} session
 * @param {string} turnKey the same for every attempt at the same turn
 * @param {{text: string, locale: Locale} | {entry_id: string, locale: Locale}} turn
 * @returns {Promise<Reply>}
 */
export function sendTurn(session, turnKey, turn) {
  return request("POST", "/turns", { session, turnKey, json: turn });
}

/**
 * @param {string} session
 * @param {string} turnKey the same for every attempt at the same turn
 * @param {Blob} audio
 * @param {Locale} locale
 * @param {Expected | null} expecting what the last reply waits for
 * @returns {Promise<VoiceTurn>}
 */
export function sendVoice(session, turnKey, audio, locale, expecting) {
  const form = new FormData();
  form.set("audio", audio, `speech.${audio.type.includes("mp4") ? "mp4" : audio.type.includes("ogg") ? "ogg" : "webm"}`);
  form.set("locale", locale);
  form.set("commands", "true");
  if (expecting !== null) form.set("expecting", expecting);
  return request("POST", "/voice", { session, turnKey, form, timeoutMs: VOICE_TIMEOUT_MS });
}

/**
 * @param {string} session
 * @param {boolean} consent
 * @returns {Promise<{consent: boolean}>}
 */
export function setConsent(session, consent) {
  return request("PUT", "/session/consent", { session, json: { consent } });
}

/**
 * @param {string} session
 * @returns {Promise<null>}
 */
export function eraseSession(session) {
  return request("DELETE", "/session", { session });
}

/**
 * @param {string} session
 * @param {string} turnId
 * @param {"up" | "down"} value
 * @param {string | null} entryId the entry that answered, if one did
 * @returns {Promise<null>}
 */
export function sendFeedback(session, turnId, value, entryId) {
  const entry = entryId === null ? {} : { entry_id: entryId };
  return request("POST", "/feedback", { session, json: { turn_id: turnId, value, ...entry } });
}

/**
 * A reply's speech in the server's voice.
 * @param {string} session
 * @param {string} turnId of one of the session's last replies
 * @returns {Promise<Blob>}
 */
export function fetchSpeech(session, turnId) {
  return request("POST", "/speech", { session, json: { turn_id: turnId }, sound: true });
}
