// What the citizen said, with its fate: heard, or not sent.

import { cloneTemplate, slot } from "./page.js";
import { sayIn } from "./wording.js";

/**
 * @typedef {object} Failure
 * @property {string} key of the wording
 * @property {string} [text] the server's own words, instead of the wording
 * @property {{key: string, act: () => void}} [retry]
 * @property {() => void} [edit]
 */

export class UserMessage {
  element = cloneTemplate("user-message");

  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /** @param {string} text */
  set text(text) {
    slot(this.element, "text").textContent = text;
  }

  /**
   * Show what was understood of a spoken question.
   * @param {string} text
   */
  showHeard(text) {
    // Said once when it is heard; not again when the text in the log changes.
    this.element.setAttribute("aria-live", "off");
    this.text = text;
    slot(this.element, "heard-label").hidden = false;
    slot(this.element, "text").dataset.testid = "heard";
  }

  /**
   * Offer to put right what was heard.
   * @param {{edit: () => void, sayAgain: () => void}} ways
   */
  offerCorrection({ edit, sayAgain }) {
    slot(this.element, "edit").onclick = edit;
    slot(this.element, "say-again").onclick = sayAgain;
    slot(this.element, "correct").hidden = false;
  }

  /** @param {Failure} failure */
  showFailure({ key, text, retry, edit }) {
    const words = slot(this.element, "delivery-text");
    if (text) {
      words.removeAttribute("data-t");
      words.textContent = text;
    } else sayIn(words, key);
    const again = slot(this.element, "retry");
    again.hidden = retry === undefined;
    if (retry) {
      sayIn(slot(this.element, "retry-label"), retry.key);
      again.onclick = retry.act;
    }
    const correct = slot(this.element, "failed-edit");
    correct.hidden = edit === undefined;
    correct.onclick = edit ?? null;
    slot(this.element, "delivery").hidden = false;
  }

  hideFailure() {
    slot(this.element, "delivery").hidden = true;
  }
}
