// Asks, once and without getting in the way, whether the conversation may be kept.

import { byId } from "./page.js";
import { sayIn } from "./wording.js";

/** @typedef {import("./session.js").Session} Session */

// Who has asked this often without answering doesn't want to be asked; the menu still has it.
const TURNS_ASKED = 2;

export class ConsentCard {
  #card = byId("consent", HTMLElement);
  #content = [...this.#card.childNodes];
  #session;
  #answered = false;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    byId("consent-yes", HTMLButtonElement).addEventListener("click", () => void this.#answer(true));
    byId("consent-no", HTMLButtonElement).addEventListener("click", () => void this.#answer(false));
  }

  /**
   * Show or hide the card.
   * @param {number} turns how many questions were asked
   */
  update(turns) {
    if (this.#answered || this.#session.consent !== "unset" || turns >= TURNS_ASKED) this.#card.hidden = true;
    else this.#card.hidden = false;
  }

  /** Ask afresh, after everything was erased. */
  reset() {
    this.#answered = false;
    this.#card.replaceChildren(...this.#content);
    this.update(0);
  }

  /** @param {boolean} agreed */
  async #answer(agreed) {
    const words = document.createElement("p");
    words.className = "consent-ask";
    words.tabIndex = -1;
    try {
      await this.#session.changeConsent(agreed);
    } catch {
      sayIn(words, "consent.failed");
      this.#card.replaceChildren(words, ...this.#content);
      words.focus();
      return;
    }
    this.#answered = true;
    sayIn(words, agreed ? "consent.said_yes" : "consent.said_no");
    this.#card.replaceChildren(words);
    words.focus();
  }
}
