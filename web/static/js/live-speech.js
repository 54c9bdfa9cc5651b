// One utterance sent while it is spoken. docs/api.md describes the WebSocket. Knows nothing of the page.

/** @typedef {import("./api.js").VoiceTurn} VoiceTurn */
/**
 * @typedef {object} Start how the utterance is to be heard
 * @property {string} session_id
 * @property {import("./wording.js").Locale} locale
 * @property {string} turn_key
 * @property {"yes_no" | "choice" | null} expecting what the last reply waits for
 * @property {boolean} hands_free the server finds the end of speech
 */

const ADDRESS = "/api/v1/voice/stream";
const OPEN_WITHIN_MS = 1500;
const READY_WITHIN_MS = 1500;
// After the last word. Longer than a server under load takes; then the recording is uploaded instead.
const REPLY_WITHIN_MS = 30_000;

/** Live speech that came to nothing; what was said is still to be uploaded. */
export class LiveSpeechError extends Error {
  /** @param {string} code the server's, or "slow", "closed", "cancelled" */
  constructor(code) {
    super(code);
    this.name = "LiveSpeechError";
    this.code = code;
  }
}

/**
 * Tells with events what the server makes of it: `speechstart`, `partial` (detail: the whole text so far), `speechend`,
 * `heard` (detail: the final text), `failure` (nothing more will come).
 */
export class LiveSpeech extends EventTarget {
  /** Whether the server has heard somebody speak. */
  spoken = false;
  /** The text so far. */
  text = "";
  /** @type {Promise<VoiceTurn>} rejected with a `LiveSpeechError` where uploading has to do instead */
  reply;
  /** @type {"opening" | "ready" | "stopped" | "over"} */
  #state = "opening";
  /** @type {ArrayBuffer[]} */
  #waiting = [];
  #stopWanted = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {(turn: VoiceTurn) => void} */
  #succeed = () => {};
  /** @type {(error: LiveSpeechError) => void} */
  #fail = () => {};

  /** @param {Promise<Start>} start what to begin with, once it is known */
  constructor(start) {
    super();
    this.reply = new Promise((resolve, reject) => {
      this.#succeed = resolve;
      this.#fail = reject;
    });
    // Whoever awaits the reply hears of it; nobody may be awaiting it yet.
    this.reply.catch(() => {});
    start.catch(() => {});
    this.#open(start);
  }

  /** Whether text and a reply may still come of it. */
  get alive() {
    return this.#state !== "over";
  }

  /** @param {Promise<Start>} start */
  #open(start) {
    this.#giveUpAfter(OPEN_WITHIN_MS);
    try {
      this.#socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${ADDRESS}`);
    } catch {
      this.#end("closed");
      return;
    }
    const socket = this.#socket;
    socket.addEventListener("message", (event) => this.#receive(event.data));
    socket.addEventListener("close", () => this.#end("closed"));
    socket.addEventListener("open", () => {
      this.#giveUpAfter(READY_WITHIN_MS);
      start.then(
        (message) => {
          if (!this.alive) return;
          this.#giveUpAfter(READY_WITHIN_MS);
          this.#send({ type: "start", format: "pcm16", commands: true, ...message });
        },
        () => this.#end("closed"),
      );
    });
  }

  /**
   * A piece of sound; kept until the server is ready for it.
   * @param {ArrayBuffer} pcm
   */
  feed(pcm) {
    if (this.#state === "opening") this.#waiting.push(pcm);
    else if (this.#state === "ready") this.#socket?.send(pcm);
  }

  /** Everything was said. */
  stop() {
    this.#stopWanted = true;
    if (this.#state !== "ready") return;
    this.#state = "stopped";
    this.#send({ type: "stop" });
    this.#giveUpAfter(REPLY_WITHIN_MS);
  }

  /** Forget what was said. */
  cancel() {
    if (this.#state === "ready" || this.#state === "stopped") this.#send({ type: "cancel" });
    this.#end("cancelled");
  }

  /** @param {unknown} data */
  #receive(data) {
    const message = parsed(data);
    const { type } = message;
    if (!this.alive) return;
    if (type === "ready") this.#ready();
    else if (type === "speech_started") this.#tell("speechstart", (this.spoken = true));
    else if (type === "partial") this.#tell("partial", (this.text = String(message.text ?? "")));
    else if (type === "speech_ended") this.#ended();
    else if (type === "heard") this.#tell("heard", (this.text = String(message.text ?? "")));
    else if (type === "reply") this.#replied(/** @type {VoiceTurn} */ (/** @type {unknown} */ (message)));
    else if (type === "error") this.#end(String(/** @type {any} */ (message.error)?.code ?? "closed"));
  }

  #ready() {
    clearTimeout(this.#timer);
    this.#state = "ready";
    for (const pcm of this.#waiting) this.#socket?.send(pcm);
    this.#waiting = [];
    if (this.#stopWanted) this.stop();
  }

  #ended() {
    if (this.#state === "ready") this.#state = "stopped";
    this.#giveUpAfter(REPLY_WITHIN_MS);
    this.#tell("speechend", null);
  }

  /** @param {VoiceTurn} turn */
  #replied(turn) {
    this.#close();
    this.#succeed(turn);
  }

  /** @param {string} code */
  #end(code) {
    if (!this.alive) return;
    this.#close();
    this.#fail(new LiveSpeechError(code));
    this.#tell("failure", code);
  }

  #close() {
    this.#state = "over";
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#socket?.close(1000);
  }

  /** @param {number} ms */
  #giveUpAfter(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end("slow"), ms);
  }

  /** @param {object} message */
  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * @param {unknown} data
 * @returns {Record<string, unknown>} empty where it is no message of ours
 */
function parsed(data) {
  try {
    const message = JSON.parse(String(data));
    return typeof message === "object" && message !== null ? message : {};
  } catch {
    return {};
  }
}
