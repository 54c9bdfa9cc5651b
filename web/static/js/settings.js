// How the page looks and reads on this device.

import { deviceStore } from "./storage.js";

/**
 * @typedef {object} Settings
 * @property {"normal" | "large" | "largest"} textSize
 * @property {"device" | "light" | "dark"} theme
 * @property {"slow" | "normal" | "fast"} speed
 * @property {"voice" | "always" | "never"} readAloud
 */

/** @type {{[K in keyof Settings]: readonly Settings[K][]}} the first of each is the default */
const CHOICES = {
  textSize: ["normal", "large", "largest"],
  theme: ["device", "light", "dark"],
  speed: ["normal", "slow", "fast"],
  readAloud: ["voice", "always", "never"],
};

/** Tells with a `change` event that a setting was changed. */
export const settingChanges = new EventTarget();

/** @type {Settings} */
export const settings = load();

/** @returns {Settings} */
function load() {
  const kept = deviceStore.read("settings");
  const found = /** @type {Record<string, unknown>} */ (typeof kept === "object" && kept !== null ? kept : {});
  /** @param {keyof Settings} name */
  const pick = (name) => CHOICES[name].find((choice) => choice === found[name]) ?? CHOICES[name][0];
  return /** @type {Settings} */ ({
    textSize: pick("textSize"),
    theme: pick("theme"),
    speed: pick("speed"),
    readAloud: pick("readAloud"),
  });
}

/**
 * Change one setting, show it and remember it. Unknown names and values are ignored.
 * @param {string} name
 * @param {string} value
 */
export function changeSetting(name, value) {
  const choices = /** @type {Record<string, readonly string[]>} */ (CHOICES)[name];
  if (!choices?.includes(value)) return;
  Object.assign(settings, { [name]: value });
  deviceStore.write("settings", settings);
  applySettings();
  settingChanges.dispatchEvent(new Event("change"));
}

/** The text size after the present one, in a circle. */
export function nextTextSize() {
  const sizes = CHOICES.textSize;
  return sizes[(sizes.indexOf(settings.textSize) + 1) % sizes.length] ?? "normal";
}

const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

/** Show the settings on the page. */
export function applySettings() {
  const root = document.documentElement;
  const dark = settings.theme === "dark" || (settings.theme === "device" && prefersDark.matches);
  if (dark) root.setAttribute("data-theme", "dark");
  else root.removeAttribute("data-theme");
  root.setAttribute("data-text-size", settings.textSize);
}

prefersDark.addEventListener("change", applySettings);
