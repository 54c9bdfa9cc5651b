// Short remarks for screen readers that need no place on the screen.

import { byId } from "./page.js";

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Say this once, after what is being said now. Emptied first, so that the same words are said again.
 * @param {string} text
 */
export function announce(text) {
  const place = byId("announcer", HTMLDivElement);
  place.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = text;
    timer = setTimeout(() => (place.textContent = ""), 8000);
  }, 80);
}
