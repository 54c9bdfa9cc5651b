// The button that reads one answer aloud, and the choice of speed beside it while it does.

import { announce } from "./announcer.js";
import { cloneTemplate, slot } from "./page.js";
import { changeSetting, settings } from "./settings.js";
import { reader, voiceFor } from "./speech.js";
import { tabStore } from "./storage.js";
import { sayIn, t } from "./wording.js";

/** @typedef {import("./api.js").Reply} Reply */

export class ReadAloud {
  #message;
  #reply;
  #button;
  /** @type {HTMLElement | null} */
  #speeds = null;
  #reading = false;

  /**
   * @param {HTMLElement} message
   * @param {Reply} reply
   */
  constructor(message, reply) {
    this.#message = message;
    this.#reply = reply;
    this.#button = slot(message, "listen");
    this.#button.addEventListener("click", () => {
      if (this.#reading) reader.stop();
      else void this.start();
    });
    void this.#offer();
  }

  async start() {
    const begun = await reader.read(this.#reply.speech || this.#reply.text, this.#reply.locale, {
      onEnd: (finished) => this.#ended(finished),
    });
    if (!begun) return;
    this.#reading = true;
    this.#show();
    announce(t("answer.reading"));
  }

  async #offer() {
    if ((await voiceFor(this.#reply.locale)) !== null) this.#button.hidden = false;
    else this.#tellOnce();
  }

  #tellOnce() {
    const told = `no-voice-${this.#reply.locale}`;
    if (tabStore.read(told)) return;
    tabStore.write(told, true);
    const note = slot(this.#message, "actions-note");
    note.textContent = t("answer.no_voice", {}, this.#reply.locale);
    note.lang = this.#reply.locale;
    note.hidden = false;
    announce(note.textContent);
  }

  /** @param {boolean} finished */
  #ended(finished) {
    this.#reading = false;
    this.#show();
    announce(t(finished ? "answer.read" : "answer.stopped"));
  }

  #show() {
    this.#button.toggleAttribute("data-reading", this.#reading);
    sayIn(slot(this.#button, "listen-label").firstElementChild ?? this.#button, this.#reading ? "answer.stop_listening" : "answer.listen");
    if (this.#reading) this.#showSpeeds();
    else this.#speeds?.remove();
  }

  #showSpeeds() {
    const speeds = this.#speeds ?? cloneTemplate("speed-choice");
    this.#speeds = speeds;
    const buttons = speeds.querySelectorAll("button");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.value === settings.speed));
      button.onclick = () => {
        changeSetting("speed", button.value);
        for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
        reader.restartPiece();
      };
    }
    this.#button.parentElement?.append(speeds);
  }
}
