// The big button: tap to start and tap to stop, or hold to talk. Space and Enter toggle it, Escape cancels.

import { announce } from "./announcer.js";
import { clock } from "./clock.js";
import { LevelMeter } from "./level-meter.js";
import { recordingObstacle } from "./microphone.js";
import { hideNotice, showNotice } from "./notice.js";
import { slot } from "./page.js";
import { handsFree } from "./settings.js";
import { config, languageChanges, locale, t } from "./wording.js";

/** @typedef {import("./listening.js").Listening} Listening */
/** @typedef {import("./listening.js").Problem} Problem */
/**
 * @typedef {object} Places
 * @property {HTMLElement} button with the slots mic-label and mic-hint; its state stands in `data-state`
 * @property {HTMLElement} panel shown while listening: the slots hearing-label, hearing-time, hearing-text, meter, cancel
 * @property {HTMLElement | null} write hidden meanwhile, if anything is
 */

const HOLD_MS = 500;

export class MicrophoneButton {
  #listening;
  #button;
  #panel;
  #write;
  #meter;
  #pressed = false;
  #pressStartedIt = false;
  #pressedAt = 0;
  #pointerDidIt = false;
  /** @type {(tapped: boolean) => void} */
  #decide = () => {};

  /**
   * @param {Listening} listening
   * @param {Places} places
   */
  constructor(listening, { button, panel, write }) {
    this.#listening = listening;
    this.#button = button;
    this.#panel = panel;
    this.#write = write;
    this.#meter = new LevelMeter(slot(panel, "meter"));
    if (recordingObstacle() === "unsupported") {
      button.dataset.state = "unsupported";
      showNotice("mic.unsupported");
      return;
    }
    this.#followGestures();
    this.#followListening();
    languageChanges.addEventListener("change", () => this.#show());
    this.#show();
  }

  #followGestures() {
    const button = this.#button;
    button.addEventListener("pointerdown", (event) => this.#press(event));
    button.addEventListener("pointerup", () => this.#release());
    button.addEventListener("pointercancel", () => this.#release());
    button.addEventListener("click", () => this.#click());
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    slot(this.#panel, "cancel").addEventListener("click", () => this.#cancel());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#listening.state === "idle") return;
      event.preventDefault();
      this.#cancel();
    });
  }

  #followListening() {
    /** @type {[string, (detail: any) => void][]} */
    const reactions = [
      ["change", () => this.#show()],
      ["tick", () => this.#showTime()],
      ["text", () => this.#showText()],
      ["level", (level) => this.#meter.push(level)],
      ["asking", () => showNotice("mic.allow")],
      ["problem", (problem) => this.#showProblem(problem)],
      ["limit", () => announce(t("mic.ended"))],
      ["ending", (left) => this.#warn(left)],
      [
        "cancel",
        () => {
          hideNotice();
          announce(t("mic.cancelled"));
        },
      ],
    ];
    for (const [type, react] of reactions) {
      this.#listening.addEventListener(type, (event) => react(/** @type {CustomEvent} */ (event).detail));
    }
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#button.setPointerCapture(event.pointerId);
    this.#pressed = true;
    this.#pressedAt = performance.now();
    this.#pointerDidIt = true;
    this.#pressStartedIt = this.#listening.state === "idle";
    if (this.#pressStartedIt && handsFree()) void this.#listening.start({}, this.#tapped());
    else this.#listening.toggle();
  }

  /** Whether this press is a tap: who holds the button says with it when the end of speech has come. */
  #tapped() {
    return new Promise((resolve) => {
      this.#decide = resolve;
      setTimeout(() => resolve(false), HOLD_MS);
    });
  }

  #release() {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#decide(true);
    // Held while recording: letting go is the end. A short press, or one spent on the permission, was a tap.
    const held = performance.now() - this.#pressedAt >= HOLD_MS;
    const spoken = this.#listening.seconds * 1000 >= HOLD_MS;
    if (this.#pressStartedIt && this.#listening.state === "recording" && held && spoken) void this.#listening.finish();
  }

  /** The keyboard and screen readers click without a pointer. */
  #click() {
    const seen = this.#pointerDidIt;
    this.#pointerDidIt = false;
    if (!seen) this.#listening.toggle();
  }

  #cancel() {
    const hadFocus = this.#panel.contains(document.activeElement);
    this.#listening.cancel();
    if (hadFocus) this.#button.focus();
  }

  /** @param {Problem} problem */
  #showProblem({ key, sendAnyway }) {
    const again = { key: "mic.again", act: () => void this.#listening.start() };
    showNotice(key, sendAnyway ? [again, { key: "mic.send_anyway", act: sendAnyway }] : []);
  }

  /** @param {number} left seconds */
  #warn(left) {
    announce(t("mic.ending", { left }));
    navigator.vibrate?.([30, 60, 30]);
  }

  #show() {
    const { state, endsByItself } = this.#listening;
    const listening = state === "recording" || state === "finishing";
    const began = state === "recording" && this.#button.dataset.state !== "recording";
    this.#button.dataset.state = listening ? "recording" : "idle";
    this.#panel.hidden = state === "idle";
    if (this.#write !== null) this.#write.hidden = state !== "idle";
    slot(this.#button, "mic-label").textContent = t(listening ? "mic.stop" : "mic.start");
    slot(this.#button, "mic-hint").textContent = t(
      listening ? (endsByItself ? "mic.stop_by_itself" : "mic.stop_hint") : "mic.hint",
    );
    slot(this.#panel, "hearing-label").textContent = t(listening ? "mic.listening" : "mic.opening");
    this.#showTime();
    this.#showText();
    if (began) this.#begun();
  }

  #begun() {
    hideNotice();
    this.#meter.clear();
    navigator.vibrate?.(30);
    announce(t("mic.listening"));
  }

  /** The words so far. */
  #showText() {
    const place = slot(this.#panel, "hearing-text");
    place.textContent = this.#listening.text;
    place.lang = locale();
  }

  #showTime() {
    const { seconds, state } = this.#listening;
    const left = Math.ceil(config.maxAudioSeconds - seconds);
    const time = t("mic.time", { elapsed: clock(seconds), limit: clock(config.maxAudioSeconds) });
    const warning = left <= 10 && state === "recording";
    slot(this.#panel, "hearing-time").textContent = warning ? t("mic.ending", { left: Math.max(left, 0) }) : time;
  }
}
