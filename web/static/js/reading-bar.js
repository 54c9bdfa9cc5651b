// The sentence being read, in large letters, and what one can do about it.

import { showRemark } from "./notice.js";
import { slot } from "./page.js";
import { controlReading } from "./reading-controls.js";
import { sayIn } from "./wording.js";

/** @typedef {import("./reader.js").Reader} Reader */
/** @typedef {import("./reading-controls.js").ReadingCommand} ReadingCommand */

export class ReadingBar {
  #root;
  #reader;
  #toggle;

  /**
   * @param {HTMLElement} root with the slots caption and toggle, and buttons with `data-reading-command`
   * @param {Reader} reader
   */
  constructor(root, reader) {
    this.#root = root;
    this.#reader = reader;
    this.#toggle = slot(root, "toggle");
    for (const button of root.querySelectorAll("[data-reading-command]")) {
      button.addEventListener("click", () => this.#press(/** @type {HTMLElement} */ (button)));
    }
    reader.addEventListener("change", () => this.#show());
    reader.addEventListener("piece", () => this.#show());
    this.#show();
  }

  /** @param {HTMLElement} button */
  #press(button) {
    const command = /** @type {ReadingCommand} */ (button.dataset.readingCommand);
    const remark = controlReading(command);
    // Stopping takes the bar away; the reader's end is announced by whoever began it. Others can be heard.
    if (["slower", "faster", "louder", "quieter"].includes(command)) showRemark(remark);
  }

  #show() {
    const { state, piece } = this.#reader;
    this.#root.hidden = state === "idle";
    const caption = slot(this.#root, "caption");
    caption.textContent = piece?.text ?? "";
    if (piece !== null) caption.lang = piece.language;
    const paused = state === "paused";
    this.#toggle.dataset.readingCommand = paused ? "resume" : "pause";
    sayIn(slot(this.#toggle, "toggle-label"), paused ? "reading.resume" : "reading.pause");
    this.#toggle.toggleAttribute("data-paused", paused);
  }
}
