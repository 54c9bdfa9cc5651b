// The button that reads one answer aloud.

import { announce } from "./announcer.js";
import { slot } from "./page.js";
import { reader } from "./reader.js";
import { tabStore } from "./storage.js";
import { sayIn, t } from "./wording.js";

/** @typedef {import("./api.js").Reply} Reply */
/** @typedef {"finished" | "stopped" | "silent"} ReadingEnd "silent": there is no voice for it */

export class ReadAloud {
  #message;
  #reply;
  #button;
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

  /**
   * Read the answer from its beginning.
   * @returns {Promise<ReadingEnd>} once that is over
   */
  start() {
    return new Promise((resolve) => {
      void this.#read((finished) => resolve(finished ? "finished" : "stopped")).then((begun) => {
        if (!begun) resolve("silent");
      });
    });
  }

  /** @param {(finished: boolean) => void} onEnd */
  async #read(onEnd) {
    const begun = await reader.read(this.#words(), {
      onEnd: (finished) => {
        this.#ended(finished);
        onEnd(finished);
      },
    });
    if (!begun) return false;
    this.#reading = true;
    this.#show();
    announce(t("answer.reading"));
    return true;
  }

  #words() {
    const { speech, text, locale, turn_id: turnId } = this.#reply;
    return { text: speech || text, language: locale, turnId };
  }

  async #offer() {
    if (await reader.can(this.#words())) this.#button.hidden = false;
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
  }
}
