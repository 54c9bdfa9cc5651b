// The menu: settings, consent, erasing, whom to call.

import { announce } from "./announcer.js";
import { byId, slot } from "./page.js";
import { changeSetting, settings } from "./settings.js";
import { sayIn, t } from "./wording.js";

/** @typedef {import("./session.js").Session} Session */

export class Menu {
  #dialog = /** @type {HTMLDialogElement} */ (byId("menu", HTMLDialogElement));
  #tick = byId("consent-tick", HTMLInputElement);
  #consentNote = byId("consent-note", HTMLParagraphElement);
  #erase = byId("erase", HTMLButtonElement);
  #number = byId("session-number", HTMLDivElement);
  #sure = byId("erase-sure", HTMLDivElement);
  #eraseNote = byId("erase-note", HTMLParagraphElement);
  #session;
  #onErased;
  #onConsent;

  /** @param {{session: Session, onErased: () => void, onConsent: () => void}} parts */
  constructor({ session, onErased, onConsent }) {
    this.#session = session;
    this.#onErased = onErased;
    this.#onConsent = onConsent;
    byId("menu-open", HTMLButtonElement).addEventListener("click", () => this.#open());
    for (const button of this.#dialog.querySelectorAll("[data-menu-close]")) {
      button.addEventListener("click", () => this.#dialog.close());
    }
    // A press beside the menu closes it.
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    byId("menu-form", HTMLFormElement).addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "radio") {
        changeSetting(event.target.name, event.target.value);
      }
    });
    this.#tick.addEventListener("change", () => void this.#changeConsent());
    this.#erase.addEventListener("click", () => this.#ask(true));
    byId("erase-no", HTMLButtonElement).addEventListener("click", () => this.#ask(false));
    byId("erase-yes", HTMLButtonElement).addEventListener("click", () => void this.#eraseAll());
  }

  #open() {
    for (const input of this.#dialog.querySelectorAll("input")) {
      if (input.type === "radio") input.checked = Object.entries(settings).some(([name, value]) => name === input.name && value === input.value);
    }
    this.#tick.checked = this.#session.consent === "yes";
    this.#consentNote.textContent = "";
    this.#number.hidden = this.#session.number === null;
    slot(this.#number, "number").textContent = t("menu.number", { number: this.#session.number ?? "" });
    this.#eraseNote.textContent = "";
    this.#erase.hidden = false;
    this.#sure.hidden = true;
    this.#dialog.showModal();
    byId("menu-title", HTMLHeadingElement).focus();
    this.#dialog.scrollTop = 0;
  }

  async #changeConsent() {
    const agreed = this.#tick.checked;
    try {
      await this.#session.changeConsent(agreed);
      sayIn(this.#consentNote, agreed ? "consent.said_yes" : "consent.said_no");
      this.#onConsent();
    } catch {
      this.#tick.checked = !agreed;
      sayIn(this.#consentNote, "consent.failed");
    }
  }

  /** @param {boolean} asking */
  #ask(asking) {
    this.#erase.hidden = asking;
    this.#sure.hidden = !asking;
    (asking ? byId("erase-no", HTMLButtonElement) : this.#erase).focus();
  }

  async #eraseAll() {
    try {
      await this.#session.erase();
    } catch {
      this.#ask(false);
      sayIn(this.#eraseNote, "menu.erase_failed");
      return;
    }
    this.#dialog.close();
    this.#onErased();
    announce(t("menu.erased"));
  }
}
