// The big button: tap to start and tap to stop, or hold to talk. Space and Enter toggle it, Escape cancels.

import { announce } from "./announcer.js";
import { clock } from "./clock.js";
import { LevelMeter } from "./level-meter.js";
import { MicrophoneError, Recording, recordingObstacle } from "./microphone.js";
import { hideNotice, showNotice } from "./notice.js";
import { byId, slot } from "./page.js";
import { reader } from "./speech.js";
import { config, languageChanges, t } from "./wording.js";

/** @typedef {import("./microphone.js").Recorded} Recorded */
/** @typedef {"idle" | "opening" | "recording" | "finishing"} State */

const HOLD_MS = 500;
const TOO_SHORT_S = 0.6;
const WARN_BEFORE_S = 10;

export class MicrophoneButton {
  #button = byId("mic", HTMLButtonElement);
  #panel = byId("hearing", HTMLDivElement);
  #write = byId("write", HTMLDivElement);
  #meter = new LevelMeter(byId("meter", HTMLDivElement));
  /** @type {State} */
  #state = "idle";
  /** @type {Recording | null} */
  #recording = null;
  /** Counts attempts, so that a permission that is given after a cancel starts nothing. */
  #attempt = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticker;
  #warned = false;
  #pressed = false;
  #pressStartedIt = false;
  #pressedAt = 0;
  #pointerDidIt = false;
  #onRecorded;
  #mayStart;

  /**
   * @param {{mayStart: () => boolean, onRecorded: (recorded: Recorded) => void}} listener
   */
  constructor({ mayStart, onRecorded }) {
    this.#mayStart = mayStart;
    this.#onRecorded = onRecorded;
    if (recordingObstacle() === "unsupported") {
      this.#button.dataset.state = "unsupported";
      showNotice("mic.unsupported");
      return;
    }
    this.#button.addEventListener("pointerdown", (event) => this.#press(event));
    this.#button.addEventListener("pointerup", () => this.#release());
    this.#button.addEventListener("pointercancel", () => this.#release());
    this.#button.addEventListener("click", () => this.#click());
    this.#button.addEventListener("contextmenu", (event) => event.preventDefault());
    byId("mic-cancel", HTMLButtonElement).addEventListener("click", () => this.cancel());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#state === "idle") return;
      event.preventDefault();
      this.cancel();
    });
    window.addEventListener("pagehide", () => this.cancel());
    languageChanges.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#button.setPointerCapture(event.pointerId);
    this.#pressed = true;
    this.#pressedAt = performance.now();
    this.#pointerDidIt = true;
    this.#pressStartedIt = this.#state === "idle";
    this.#toggle();
  }

  #release() {
    if (!this.#pressed) return;
    this.#pressed = false;
    // Held while recording: letting go is the end. A short press, or one spent on the permission, was a tap.
    const held = performance.now() - this.#pressedAt >= HOLD_MS;
    const spoken = this.#recording !== null && this.#recording.seconds * 1000 >= HOLD_MS;
    if (this.#pressStartedIt && this.#state === "recording" && held && spoken) void this.#finish();
  }

  /** The keyboard and screen readers click without a pointer. */
  #click() {
    const seen = this.#pointerDidIt;
    this.#pointerDidIt = false;
    if (!seen) this.#toggle();
  }

  #toggle() {
    if (this.#state === "idle") void this.start();
    else if (this.#state === "recording") void this.#finish();
    else if (this.#state === "opening") this.cancel();
  }

  /** Ask for the microphone and start recording, unless it is in use or an answer is awaited. */
  async start() {
    if (this.#state !== "idle" || !this.#mayStart()) return;
    reader.stop();
    hideNotice();
    const attempt = ++this.#attempt;
    this.#change("opening");
    const asking = setTimeout(() => {
      if (this.#state === "opening" && attempt === this.#attempt) showNotice("mic.allow");
    }, 1200);
    try {
      const recording = await Recording.open({
        onLevel: (level) => this.#meter.push(level),
        onLost: () => void this.#finish(),
      });
      if (attempt !== this.#attempt) {
        recording.cancel();
        return;
      }
      this.#recording = recording;
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#change("idle");
      showNotice(`mic.${error instanceof MicrophoneError ? error.problem : "failed"}`);
      return;
    } finally {
      clearTimeout(asking);
    }
    hideNotice();
    this.#warned = false;
    this.#meter.clear();
    this.#ticker = setInterval(() => this.#tick(), 200);
    this.#change("recording");
    navigator.vibrate?.(30);
    announce(t("mic.listening"));
  }

  #tick() {
    const recording = this.#recording;
    if (recording === null) return;
    this.#showTime(recording.seconds);
    const left = config.maxAudioSeconds - recording.seconds;
    if (left <= 0) {
      announce(t("mic.ended"));
      void this.#finish();
    } else if (left <= WARN_BEFORE_S && !this.#warned) {
      this.#warned = true;
      announce(t("mic.ending", { left: Math.ceil(left) }));
      navigator.vibrate?.([30, 60, 30]);
    }
  }

  async #finish() {
    const recording = this.#recording;
    if (this.#state !== "recording" || recording === null) return;
    clearInterval(this.#ticker);
    const attempt = this.#attempt;
    this.#change("finishing");
    const recorded = await recording.finish();
    if (attempt !== this.#attempt) return;
    this.#recording = null;
    this.#change("idle");
    if (recorded.seconds < TOO_SHORT_S || recorded.audio.size === 0) showNotice("mic.too_short");
    else if (recorded.silent) {
      showNotice("mic.silence", [
        { key: "mic.again", act: () => void this.start() },
        { key: "mic.send_anyway", act: () => this.#onRecorded(recorded) },
      ]);
    } else this.#onRecorded(recorded);
  }

  /** Stop and throw away what is being recorded, if anything is. */
  cancel() {
    if (this.#state === "idle") return;
    const hadFocus = this.#panel.contains(document.activeElement);
    this.#attempt += 1;
    clearInterval(this.#ticker);
    this.#recording?.cancel();
    this.#recording = null;
    this.#change("idle");
    hideNotice();
    announce(t("mic.cancelled"));
    if (hadFocus) this.#button.focus();
  }

  /** @param {State} state */
  #change(state) {
    this.#state = state;
    this.#show();
  }

  #show() {
    const listening = this.#state === "recording" || this.#state === "finishing";
    this.#button.dataset.state = listening ? "recording" : "idle";
    this.#panel.hidden = this.#state === "idle";
    this.#write.hidden = this.#state !== "idle";
    slot(this.#button, "mic-label").textContent = t(listening ? "mic.stop" : "mic.start");
    slot(this.#button, "mic-hint").textContent = t(listening ? "mic.stop_hint" : "mic.hint");
    slot(this.#panel, "hearing-label").textContent = t(listening ? "mic.listening" : "mic.opening");
    this.#showTime(this.#recording?.seconds ?? 0);
  }

  /** @param {number} seconds */
  #showTime(seconds) {
    const left = Math.ceil(config.maxAudioSeconds - seconds);
    const time = t("mic.time", { elapsed: clock(seconds), limit: clock(config.maxAudioSeconds) });
    const warning = left <= WARN_BEFORE_S && this.#state === "recording";
    slot(this.#panel, "hearing-time").textContent = warning ? t("mic.ending", { left: Math.max(left, 0) }) : time;
  }
}
