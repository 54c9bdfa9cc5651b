// The one line above the text box that says what is wrong with the microphone, or confirms what was asked for.

import { byId, cloneIcon } from "./page.js";
import { sayIn, t } from "./wording.js";

/** @typedef {{key: string, act: () => void}} NoticeAction */

const REMARK_MS = 8000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {string} key of the wording
 * @param {NoticeAction[]} [actions]
 */
export function showNotice(key, actions = []) {
  const place = byId("notice", HTMLDivElement);
  const words = document.createElement("div");
  words.className = "notice-words";
  const text = document.createElement("p");
  sayIn(text, key);
  words.append(text);
  for (const { key: label, act } of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    sayIn(button, label);
    button.addEventListener("click", () => {
      hideNotice();
      act();
    });
    words.append(button, " ");
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-icon";
  close.setAttribute("data-t-aria-label", "mic.dismiss");
  close.setAttribute("aria-label", t("mic.dismiss"));
  close.append(cloneIcon("close-icon"));
  close.addEventListener("click", () => {
    hideNotice();
    byId("question", HTMLTextAreaElement).focus();
  });
  clearTimeout(timer);
  place.replaceChildren(words, close);
}

/**
 * A word that confirms something; it goes away by itself.
 * @param {string} key of the wording
 */
export function showRemark(key) {
  const words = document.createElement("p");
  words.className = "notice-words";
  sayIn(words, key);
  clearTimeout(timer);
  byId("notice", HTMLDivElement).replaceChildren(words);
  timer = setTimeout(hideNotice, REMARK_MS);
}

export function hideNotice() {
  clearTimeout(timer);
  byId("notice", HTMLDivElement).replaceChildren();
}
