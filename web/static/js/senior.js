// The page in large type: one answer a screen, writing only where it is wanted, keys for what the big buttons do.

import { announce } from "./announcer.js";
import { byId } from "./page.js";
import { reader } from "./reader.js";
import { changeSetting, settings } from "./settings.js";
import { config, languageChanges, locale, pageAddress, t } from "./wording.js";

/** @type {Record<string, string>} key → what it presses; none of them is a character, so none gets in the way of writing */
const SHORTCUTS = {
  F2: "#mic",
  F4: "#write-open",
  F8: "#log > :not([data-away]) [data-slot=listen]",
  F9: "#reading [data-slot=toggle]",
};
const ENOUGH_TO_SCROLL = 32;

export class SeniorView {
  #root = document.documentElement;
  #log = byId("log", HTMLDivElement);
  #scroller = byId("scroller", HTMLDivElement);
  #welcome = byId("welcome", HTMLElement);
  #pages = byId("pages", HTMLElement);
  #before = byId("page-before", HTMLButtonElement);
  #after = byId("page-after", HTMLButtonElement);
  #place = byId("page-place", HTMLParagraphElement);
  #more = byId("more", HTMLButtonElement);
  #writeOpen = byId("write-open", HTMLButtonElement);
  #frame = byId("write", HTMLDivElement);
  #box = byId("question", HTMLTextAreaElement);
  #touched = window.matchMedia("(pointer: coarse)");
  #at = 0;

  constructor() {
    if (config.mode === "senior") changeSetting("view", "senior");
    document.getElementById("view-switch")?.addEventListener("click", (event) => this.#switch(/** @type {MouseEvent} */ (event)));
    this.#before.addEventListener("click", () => this.#turnTo(this.#at - 1));
    this.#after.addEventListener("click", () => this.#turnTo(this.#at + 1));
    new MutationObserver((changes) => this.#follow(changes)).observe(this.#log, { childList: true });
    this.#offerMore();
    this.#offerWriting();
    document.addEventListener("keydown", (event) => this.#key(event));
    languageChanges.addEventListener("change", () => this.#show());
    this.#turnToLast();
  }

  /** @param {MouseEvent} event */
  #switch(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const senior = settings.view !== "senior";
    changeSetting("view", senior ? "senior" : "usual");
    history.replaceState(null, "", pageAddress(locale()));
    announce(t(senior ? "senior.opened" : "senior.closed"));
    this.#turnToLast();
    this.#scroller.scrollTop = senior ? 0 : this.#scroller.scrollHeight;
  }

  /** Where each page begins in the log: with a question. Before the first question there is only the greeting. */
  #starts() {
    const messages = [...this.#log.children];
    const starts = messages.flatMap((message, index) => (message.matches(".message-user") ? [index] : []));
    return starts.length > 0 ? starts : [0];
  }

  /** @param {MutationRecord[]} changes */
  #follow(changes) {
    const asked = changes.some(({ addedNodes }) => [...addedNodes].some((node) => node instanceof HTMLElement && node.matches(".message-user")));
    if (asked) this.#putAway();
    this.#turnToLast();
  }

  #turnToLast() {
    this.#at = this.#starts().length - 1;
    this.#show();
  }

  /** @param {number} page */
  #turnTo(page) {
    const pages = this.#starts().length;
    if (page < 0 || page >= pages) return;
    reader.stop();
    this.#at = page;
    this.#show();
    this.#scroller.scrollTop = 0;
    announce(t("senior.place_said", { at: page + 1, of: pages }));
  }

  #show() {
    const starts = this.#starts();
    this.#at = Math.min(this.#at, starts.length - 1);
    const first = starts[this.#at] ?? 0;
    const end = starts[this.#at + 1] ?? this.#log.children.length;
    [...this.#log.children].forEach((message, index) => message.toggleAttribute("data-away", index < first || index >= end));
    // What was pressed has gone with its page: from here the answer can be scrolled, and what belongs to it comes next.
    const pressed = document.activeElement?.closest("#log > [data-away]");
    if (pressed && this.#root.hasAttribute("data-senior")) this.#scroller.focus({ preventScroll: true });
    this.#welcome.hidden = this.#log.children.length > 1;
    this.#pages.hidden = starts.length < 2;
    // Still there for the focus, which would be lost with a button that goes away under it.
    this.#before.setAttribute("aria-disabled", String(this.#at === 0));
    this.#after.setAttribute("aria-disabled", String(this.#at === starts.length - 1));
    this.#place.textContent = t("senior.place", { at: this.#at + 1, of: starts.length });
  }

  /** Not everybody knows that a screen can be moved: a button does it. */
  #offerMore() {
    const scroller = this.#scroller;
    const left = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    const show = () => (this.#more.hidden = left() < ENOUGH_TO_SCROLL);
    scroller.addEventListener("scroll", show, { passive: true });
    const sizes = new ResizeObserver(show);
    sizes.observe(scroller);
    if (scroller.firstElementChild) sizes.observe(scroller.firstElementChild);
    this.#more.addEventListener("click", () => {
      scroller.scrollBy({ top: scroller.clientHeight * 0.8 });
      if (left() < scroller.clientHeight) scroller.focus({ preventScroll: true });
    });
  }

  #offerWriting() {
    this.#writeOpen.addEventListener("click", () => this.#box.focus());
    // Out of sight, not out of reach: whatever brings the focus here shows it.
    this.#frame.addEventListener("focusin", () => this.#write(true));
    byId("mic", HTMLButtonElement).addEventListener("click", () => this.#write(this.#box.value !== ""));
    this.#write(this.#box.value !== "");
  }

  /** Who writes with keys goes on writing; on a screen to be touched the answer takes the room. */
  #putAway() {
    const focused = document.activeElement;
    const writing = focused instanceof HTMLElement && this.#frame.contains(focused);
    if (writing && this.#touched.matches) focused.blur();
    this.#write(writing && !this.#touched.matches);
  }

  /** @param {boolean} writing */
  #write(writing) {
    this.#root.toggleAttribute("data-writing", writing);
    this.#writeOpen.setAttribute("aria-expanded", String(writing));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.#root.hasAttribute("data-senior") || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const pressed = SHORTCUTS[event.key];
    if (pressed !== undefined) {
      event.preventDefault();
      const button = document.querySelector(pressed);
      if (button instanceof HTMLElement && button.checkVisibility()) button.click();
    } else if (event.key === "Escape" && reader.state !== "idle") reader.stop();
  }
}
