// A device that strangers use one after the other: whoever leaves takes their words along.

import { announce } from "./announcer.js";
import { byId, slot } from "./page.js";
import { config, pageAddress, sayIn, t } from "./wording.js";

/**
 * @typedef {object} Parts
 * @property {() => boolean} busy whether it listens, reads aloud or looks for an answer
 * @property {() => boolean} used whether there is anything to erase
 * @property {() => Promise<boolean>} forget erase everything, here at once and at the server; whether that was reached
 * @property {(text: string) => void} ask aloud, where the device can; who spoke before may answer by speaking
 */

const QUESTIONS = {
  still: { title: "kiosk.still", explain: "kiosk.still_explain" },
  leaving: { title: "kiosk.leaving", explain: "kiosk.leaving_explain" },
};
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove", "input"];
const TICK_MS = 250;
const ANNOUNCED_AT_S = 10;

export class Kiosk {
  #dialog = /** @type {HTMLDialogElement} */ (byId("still", HTMLDialogElement));
  #parts;
  #lastSign = Date.now();
  /** @type {number | null} when everything is erased, while the question stands */
  #leavesAt = null;
  #announced = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, () => this.#stir(), { capture: true, passive: true });
    byId("kiosk-leave", HTMLButtonElement).addEventListener("click", () => this.#ask("leaving"));
    byId("still-stay", HTMLButtonElement).addEventListener("click", () => this.#dialog.close());
    byId("still-leave", HTMLButtonElement).addEventListener("click", () => void this.#leave());
    // A press beside the question means that somebody is there.
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    this.#dialog.addEventListener("close", () => {
      this.#leavesAt = null;
      this.#stir();
    });
    setInterval(() => this.#tick(), TICK_MS);
    this.#shutDoors();
  }

  /** Somebody is there: the time begins anew, that of the question too. */
  #stir() {
    this.#lastSign = Date.now();
    if (this.#leavesAt === null) return;
    this.#leavesAt = this.#lastSign + config.kioskCountdownSeconds * 1000;
    this.#announced = false;
    this.#showLeft();
  }

  /** Somebody speaks, so somebody is there. */
  heard() {
    this.#dialog.close();
    this.#stir();
  }

  #tick() {
    if (this.#leavesAt !== null) {
      this.#showLeft();
      if (Date.now() >= this.#leavesAt) void this.#leave();
    } else if (this.#parts.busy()) this.#lastSign = Date.now();
    else if (Date.now() - this.#lastSign >= config.kioskIdleSeconds * 1000) {
      if (this.#parts.used()) this.#ask("still");
      else this.#lastSign = Date.now();
    }
  }

  /** @param {keyof typeof QUESTIONS} question */
  #ask(question) {
    if (this.#leavesAt !== null) return;
    for (const other of document.querySelectorAll("dialog[open]")) if (other instanceof HTMLDialogElement) other.close();
    const { title, explain } = QUESTIONS[question];
    sayIn(slot(this.#dialog, "title"), title);
    sayIn(slot(this.#dialog, "explain"), explain);
    this.#announced = false;
    this.#leavesAt = Date.now() + config.kioskCountdownSeconds * 1000;
    this.#showLeft();
    this.#dialog.showModal();
    byId("still-stay", HTMLButtonElement).focus();
    if (question === "still") this.#parts.ask(`${t(title)} ${t(explain)}`);
  }

  #showLeft() {
    const left = Math.max(0, Math.ceil(((this.#leavesAt ?? 0) - Date.now()) / 1000));
    slot(this.#dialog, "left").textContent = t("kiosk.left", { left });
    if (left > ANNOUNCED_AT_S || this.#announced) return;
    this.#announced = true;
    slot(this.#dialog, "left").setAttribute("aria-live", "assertive");
    setTimeout(() => slot(this.#dialog, "left").setAttribute("aria-live", "off"), 500);
  }

  async #leave() {
    this.#leavesAt = null;
    this.#dialog.close();
    const reached = this.#parts.forget();
    announce(t("kiosk.left_all"));
    // A fresh page knows nothing of anybody. Without the server it would be an error page: then this one stays, emptied.
    if (await reached) location.replace(pageAddress(config.locale));
  }

  /** No way out of the page, and no way back into what was on it. */
  #shutDoors() {
    for (const door of ["auxclick", "contextmenu", "dragstart", "dragover", "drop"]) {
      document.addEventListener(door, (event) => event.preventDefault());
    }
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (link !== null && !(link.getAttribute("href") ?? "").startsWith("#")) event.preventDefault();
    });
    window.addEventListener("pagehide", () => void this.#parts.forget());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }
}
