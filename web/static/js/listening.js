// Listening to one utterance, from the tap to the recording: live where the server can, and recorded all the while, so that
// nothing said is lost. Knows nothing of the page; `microphone-button.js` shows it.

import { MicrophoneError, Recording } from "./microphone.js";
import { handsFree } from "./settings.js";
import { newTurnKey } from "./turn-key.js";
import { config } from "./wording.js";

/** @typedef {import("./live-speech.js").LiveSpeech} LiveSpeech */
/** @typedef {"idle" | "opening" | "recording" | "finishing"} ListeningState */
/**
 * @typedef {object} Purpose why the microphone was opened
 * @property {import("./conversation.js").Turn} [replaces] the turn that is said anew
 * @property {boolean} [answering] the page opened it by itself, for an answer to Maru's question
 */
/**
 * @typedef {object} Utterance what was said
 * @property {string} key of the turn that it becomes, the same live and uploaded
 * @property {Blob} audio
 * @property {number} seconds
 * @property {LiveSpeech | null} live what the server makes of it already; null where it has to be uploaded
 * @property {Purpose} purpose
 */
/**
 * @typedef {object} Parts
 * @property {() => boolean} mayStart
 * @property {(key: string, handsFree: Promise<boolean>, purpose: Purpose) => LiveSpeech} connect
 * @property {(utterance: Utterance) => void} onUtterance
 */
/** @typedef {{key: string, values?: Record<string, string | number>, sendAnyway?: () => void}} Problem */

const TOO_SHORT_S = 0.6;
const WARN_BEFORE_S = 10;
// How long the page waits for the answer that it opened the microphone for.
const ANSWER_WITHIN_S = 12;
// Without the server's ear the end of speech is guessed by loudness: rather too late than in the middle of a sentence.
const QUIET_IS_END_S = 3;

/**
 * Tells with events: `change` (state), `level` (detail: 0 to 1), `text` (what was understood so far), `tick` (time goes by),
 * `ending` (the limit is near; detail: seconds left), `speech` (somebody speaks), `limit` (recording ended at the limit),
 * `asking` (the browser seems to ask for permission), `cancel`, `problem` (detail: `Problem`).
 */
export class Listening extends EventTarget {
  /** @type {ListeningState} */
  #state = "idle";
  /** @type {Recording | null} */
  #recording = null;
  /** @type {LiveSpeech | null} */
  #live = null;
  /** @type {Purpose} */
  #purpose = {};
  #key = "";
  #handsFree = false;
  /** Counts attempts, so that a permission that is given after a cancel starts nothing. */
  #attempt = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticker;
  #warned = false;
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    super();
    this.#parts = parts;
    window.addEventListener("pagehide", () => this.cancel());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#hidden();
    });
  }

  get state() {
    return this.#state;
  }

  get seconds() {
    return this.#recording?.seconds ?? 0;
  }

  /** What was understood so far. */
  get text() {
    return this.#live?.text ?? "";
  }

  /** Whether it ends by itself when the person falls silent. */
  get endsByItself() {
    return this.#handsFree;
  }

  toggle() {
    if (this.#state === "idle") void this.start();
    else if (this.#state === "recording") void this.finish();
    else if (this.#state === "opening") this.cancel();
  }

  /**
   * Ask for the microphone and start, unless it is in use or an answer is awaited.
   * @param {Purpose} [purpose]
   * @param {Promise<boolean>} [endsByItself] for a press that may turn out to be held
   */
  async start(purpose = {}, endsByItself = Promise.resolve(handsFree())) {
    if (this.#state !== "idle" || !this.#parts.mayStart()) return;
    const attempt = ++this.#attempt;
    this.#purpose = purpose;
    this.#handsFree = false;
    this.#change("opening");
    const asking = setTimeout(() => {
      if (this.#state === "opening" && attempt === this.#attempt) this.#tell("asking");
    }, 1200);
    try {
      const recording = await Recording.open({
        onLevel: (level) => this.#tell("level", level),
        onLost: () => void this.finish(),
        onSound: (pcm) => this.#live?.feed(pcm),
      });
      if (attempt !== this.#attempt) {
        recording.cancel();
        return;
      }
      this.#recording = recording;
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#change("idle");
      this.#tell("problem", { key: `mic.${error instanceof MicrophoneError ? error.problem : "failed"}` });
      return;
    } finally {
      clearTimeout(asking);
    }
    void endsByItself.then((itDoes) => {
      if (attempt !== this.#attempt || !itDoes) return;
      this.#handsFree = true;
      this.#change(this.#state);
    });
    this.#connect(endsByItself);
    this.#warned = false;
    this.#ticker = setInterval(() => this.#tick(), 200);
    this.#change("recording");
  }

  /** @param {Promise<boolean>} endsByItself */
  #connect(endsByItself) {
    this.#key = newTurnKey();
    const live = this.#parts.connect(this.#key, endsByItself, this.#purpose);
    this.#live = live;
    live.addEventListener("speechstart", () => this.#tell("speech"));
    live.addEventListener("partial", () => this.#tell("text"));
    live.addEventListener("speechend", () => {
      if (live === this.#live) void this.finish();
    });
    live.addEventListener("failure", () => {
      if (live === this.#live) this.#tell("text");
    });
  }

  #tick() {
    const recording = this.#recording;
    if (recording === null) return;
    this.#tell("tick");
    const left = config.maxAudioSeconds - recording.seconds;
    const spoken = recording.spoken || this.#live?.spoken;
    if (left <= 0) {
      this.#tell("limit");
      void this.finish();
    } else if (this.#purpose.answering && !spoken && recording.seconds > ANSWER_WITHIN_S) {
      this.cancel();
      this.#tell("problem", { key: "mic.waiting" });
    } else if (this.#handsFree && !this.#live?.alive && recording.quietFor > QUIET_IS_END_S) {
      void this.finish();
    } else if (left <= WARN_BEFORE_S && !this.#warned) {
      this.#warned = true;
      this.#tell("ending", Math.ceil(left));
    }
  }

  /** Nobody should be recorded by a page that they don't see; what was said until then counts. */
  #hidden() {
    if (this.#state !== "recording") return;
    if (this.#recording?.spoken || this.#live?.spoken) void this.finish();
    else this.cancel();
  }

  /** Everything was said. */
  async finish() {
    const recording = this.#recording;
    if (this.#state !== "recording" || recording === null) return;
    clearInterval(this.#ticker);
    const attempt = this.#attempt;
    this.#change("finishing");
    const { audio, seconds, silent } = await recording.finish();
    if (attempt !== this.#attempt) return;
    const live = this.#live;
    this.#recording = null;
    this.#live = null;
    this.#change("idle");
    /** @type {Utterance} */
    const utterance = { key: this.#key, audio, seconds, live, purpose: this.#purpose };
    const heard = live?.spoken === true;
    if (!heard && (seconds < TOO_SHORT_S || audio.size === 0)) {
      live?.cancel();
      this.#tell("problem", { key: "mic.too_short" });
    } else if (!heard && silent) {
      live?.cancel();
      const sendAnyway = () => this.#parts.onUtterance({ ...utterance, live: null });
      this.#tell("problem", { key: "mic.silence", sendAnyway });
    } else {
      live?.stop();
      this.#parts.onUtterance(utterance);
    }
  }

  /** Stop and throw away what is being recorded, if anything is. */
  cancel() {
    if (this.#state === "idle") return;
    this.#attempt += 1;
    clearInterval(this.#ticker);
    this.#recording?.cancel();
    this.#live?.cancel();
    this.#recording = null;
    this.#live = null;
    this.#change("idle");
    this.#tell("cancel");
  }

  /** @param {ListeningState} state */
  #change(state) {
    this.#state = state;
    this.#tell("change");
  }

  /**
   * @param {string} type
   * @param {unknown} [detail]
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
