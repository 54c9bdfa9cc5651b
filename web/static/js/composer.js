// The text box: grows with the text, keeps the draft, never sends half a Hangul syllable.

import { announce } from "./announcer.js";
import { byId } from "./page.js";
import { tabStore } from "./storage.js";
import { config, languageChanges, t } from "./wording.js";

const SHOW_COUNT_FROM = 0.8;
// What browsers report for a key that the input method has swallowed.
const KEY_OF_INPUT_METHOD = 229;

export class Composer {
  #form = byId("composer", HTMLFormElement);
  #box = byId("question", HTMLTextAreaElement);
  #send = byId("send", HTMLButtonElement);
  #count = byId("count", HTMLParagraphElement);
  #frame = byId("write", HTMLDivElement);
  #busy = false;
  #onSend;

  /** @param {(text: string) => void} onSend */
  constructor(onSend) {
    this.#onSend = onSend;
    const draft = tabStore.read("draft");
    if (typeof draft === "string" && this.#box.value === "") this.#box.value = draft;
    this.#box.addEventListener("input", () => this.#changed());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    window.addEventListener("resize", () => this.#grow());
    languageChanges.addEventListener("change", () => this.#changed());
    this.#changed();
  }

  /** While an answer is awaited, text can be written but not sent. */
  set busy(busy) {
    this.#busy = busy;
    this.#send.setAttribute("aria-disabled", String(busy));
  }

  get busy() {
    return this.#busy;
  }

  /** What is being written. */
  get text() {
    return this.#box.value;
  }

  focus() {
    this.#box.focus();
  }

  /** Take the focus away, so that a phone's keyboard makes room for the answer. */
  rest() {
    if (document.activeElement === this.#box && document.documentElement.hasAttribute("data-keyboard")) this.#box.blur();
  }

  /**
   * Put a text in for correction, after whatever is being written already.
   * @param {string} text
   */
  edit(text) {
    const draft = this.#box.value.trim();
    this.#box.value = draft && draft !== text ? `${draft}\n${text}` : text;
    this.#changed();
    this.#box.focus();
    this.#box.setSelectionRange(this.#box.value.length, this.#box.value.length);
  }

  clear() {
    this.#box.value = "";
    this.#changed();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#box.value.trim();
    if (this.#busy) announce(t("input.wait"));
    else if (text === "") {
      announce(t("input.empty"));
      this.#box.focus();
    } else if (this.#over() > 0) this.#box.focus();
    else {
      this.clear();
      this.#onSend(text);
    }
  }

  /** How many characters too many, as the server counts them: code points. */
  #over() {
    return [...this.#box.value.trim()].length - config.maxTextChars;
  }

  #changed() {
    if (this.#box.value) tabStore.write("draft", this.#box.value);
    else tabStore.remove("draft");
    this.#grow();
    const over = this.#over();
    const used = over + config.maxTextChars;
    const wasOver = this.#frame.hasAttribute("data-over");
    this.#frame.toggleAttribute("data-over", over > 0);
    this.#count.toggleAttribute("data-over", over > 0);
    this.#box.setAttribute("aria-invalid", String(over > 0));
    if (over > 0 && !wasOver) announce(t("input.too_long", { over }));
    if (over > 0) this.#count.textContent = t("input.too_long", { over });
    else if (used >= config.maxTextChars * SHOW_COUNT_FROM) this.#count.textContent = t("input.count", { used });
    else this.#count.textContent = "";
  }

  #grow() {
    this.#box.style.height = "auto";
    // Empty, its height would be that of the placeholder, which need not be read in full.
    if (this.#box.value) this.#box.style.height = `${this.#box.scrollHeight}px`;
  }
}
