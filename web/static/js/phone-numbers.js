// Telephone numbers in a contact line become links that call them.

import { inKiosk } from "./kiosk-mode.js";

// 119, 02-120, 1345, 1577-1000, 031-123-4567; not the 101 of "101호", a year or a sum.
const NUMBER = /(^|[^\d-])((?:0\d{1,2}-)?(?:\d{3,4}-\d{4}|1\d{2,3}))(?![\d-]|호|층|동|번지|번길|년|월|일|개|명|원|시간|분)/g;

/**
 * Show a contact line with its numbers as links.
 * @param {HTMLElement} place
 * @param {string} text
 */
export function showContact(place, text) {
  place.replaceChildren();
  let shown = 0;
  for (const match of text.matchAll(NUMBER)) {
    const number = match[2] ?? "";
    const start = (match.index ?? 0) + (match[1] ?? "").length;
    place.append(text.slice(shown, start), phoneLink(number));
    shown = start + number.length;
  }
  place.append(text.slice(shown));
}

/** @param {string} number */
function phoneLink(number) {
  const link = document.createElement(inKiosk ? "strong" : "a");
  link.className = "phone";
  // A kiosk can't call: there the number is to be read.
  if (link instanceof HTMLAnchorElement) link.href = `tel:${number.replace(/-/g, "")}`;
  link.textContent = number;
  return link;
}
