// The page's wording in the language of the moment.

import { byId } from "./page.js";

/** @typedef {"ko" | "en"} Locale */
/** @typedef {{[key: string]: string | Wording}} Wording */
/**
 * @typedef {object} PageConfig
 * @property {Locale} locale
 * @property {string | null} agency the district whose page this is; null for the server's own
 * @property {"senior" | "kiosk" | null} mode how the link wants the page shown
 * @property {number} kioskIdleSeconds
 * @property {number} kioskCountdownSeconds
 * @property {number} maxTextChars
 * @property {number} maxAudioSeconds
 * @property {Record<Locale, Wording>} wording
 * @property {Record<Locale, Record<string, string>>} facts values that a wording may name in braces
 */

/** @type {PageConfig} */
export const config = JSON.parse(byId("page-config", HTMLScriptElement).textContent ?? "");

/** Tells with a `change` event that the language was switched. */
export const languageChanges = new EventTarget();

const ATTRIBUTES = ["aria-label", "placeholder", "content", "value"];

/** @type {Locale} */
let current = config.locale;

/** @returns {Locale} */
export function locale() {
  return current;
}

/**
 * The page's own address in a language, shown as it is now.
 * @param {Locale} language
 * @returns {string}
 */
export function pageAddress(language) {
  const senior = document.documentElement.hasAttribute("data-senior");
  const mode = config.mode === "kiosk" ? config.mode : senior && "senior";
  return `/?${new URLSearchParams({ lang: language, ...(config.agency && { agency: config.agency }), ...(mode && { mode }) })}`;
}

/**
 * The wording behind a dotted key.
 * @param {string} key
 * @param {Record<string, string | number>} [values] for the names in braces
 * @param {Locale} [language]
 * @returns {string}
 */
export function t(key, values = {}, language = current) {
  /** @type {string | Wording | undefined} */
  let node = config.wording[language];
  for (const part of key.split(".")) node = typeof node === "object" ? node[part] : undefined;
  if (typeof node !== "string") throw new Error(`no wording for page.${key}`);
  const known = { ...config.facts[language], ...values };
  return node.replace(/\{(\w+)\}/g, (whole, name) => (name in known ? String(known[name]) : whole));
}

/**
 * Whom to call, in the language of the moment.
 * @returns {string}
 */
export function cityContact() {
  return config.facts[current].contact ?? "";
}

/**
 * Give an element a wording that follows the language switch.
 * @param {Element} element
 * @param {string} key
 */
export function sayIn(element, key) {
  element.setAttribute("data-t", key);
  element.textContent = t(key);
}

/**
 * A day as people write it.
 * @param {string} isoDay such as 2026-11-20
 * @returns {string} the same text where it is no day
 */
export function formatDay(isoDay) {
  const day = new Date(`${isoDay}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return isoDay;
  return new Intl.DateTimeFormat(current, { dateStyle: "long", timeZone: "UTC" }).format(day);
}

/**
 * Write all marked wording under a root in the language of the moment.
 * @param {ParentNode} root
 */
function rewrite(root) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.getAttribute("data-t") ?? "");
  for (const name of ATTRIBUTES) {
    for (const element of root.querySelectorAll(`[data-t-${name}]`)) {
      element.setAttribute(name, t(element.getAttribute(`data-t-${name}`) ?? ""));
    }
  }
  for (const element of root.querySelectorAll("time[datetime]")) {
    element.textContent = formatDay(element.getAttribute("datetime") ?? "");
  }
  for (const template of root.querySelectorAll("template")) rewrite(template.content);
}

/**
 * Switch the whole page to another language.
 * @param {Locale} language
 */
export function switchLanguage(language) {
  current = language;
  document.documentElement.lang = language;
  rewrite(document);
  languageChanges.dispatchEvent(new Event("change"));
}
