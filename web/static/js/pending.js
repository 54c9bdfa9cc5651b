// "Looking for the answer…", in words.

import { byId } from "./page.js";
import { sayIn } from "./wording.js";

const SLOW_AFTER_MS = 6000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let slow;

/** @param {"text" | "voice"} kind */
export function showPending(kind) {
  const dots = document.createElement("span");
  dots.className = "pending-dots";
  dots.setAttribute("aria-hidden", "true");
  dots.append(...[1, 2, 3].map(() => document.createElement("span")));
  const words = document.createElement("p");
  sayIn(words, `pending.${kind}`);
  byId("pending", HTMLDivElement).replaceChildren(dots, words);
  clearTimeout(slow);
  slow = setTimeout(() => sayIn(words, "pending.slow"), SLOW_AFTER_MS);
}

export function hidePending() {
  clearTimeout(slow);
  byId("pending", HTMLDivElement).replaceChildren();
}
