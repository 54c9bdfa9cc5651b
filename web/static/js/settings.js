// How the page looks and reads on this device.

import { inKiosk } from "./kiosk-mode.js";
import { deviceStore } from "./storage.js";

/**
 * @typedef {object} Settings
 * @property {"normal" | "large" | "largest"} textSize
 * @property {"device" | "light" | "dark"} theme
 * @property {"usual" | "senior"} view senior: large type, one answer a screen
 * @property {"slowest" | "slow" | "normal" | "fast"} speed
 * @property {"quiet" | "normal" | "loud"} volume
 * @property {"voice" | "always" | "never"} readAloud
 * @property {"senior" | "on" | "off"} handsFree whether the end of speech is found by itself; "senior": in senior mode
 */

/** @type {{[K in keyof Settings]: readonly Settings[K][]}} the first of each is the default */
const CHOICES = {
  textSize: ["normal", "large", "largest"],
  theme: ["device", "light", "dark"],
  view: ["usual", "senior"],
  speed: ["normal", "slowest", "slow", "fast"],
  volume: ["normal", "quiet", "loud"],
  readAloud: ["voice", "always", "never"],
  handsFree: ["senior", "on", "off"],
};
/** What can be turned up and down, from the least to the most. */
const STEPS = {
  speed: ["slowest", "slow", "normal", "fast"],
  volume: ["quiet", "normal", "loud"],
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
    view: pick("view"),
    speed: pick("speed"),
    volume: pick("volume"),
    readAloud: pick("readAloud"),
    handsFree: pick("handsFree"),
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

/**
 * Turn the speed or the volume of reading up or down by one.
 * @param {keyof typeof STEPS} name
 * @param {1 | -1} by
 * @returns {boolean} false where it is at its end already
 */
export function stepSetting(name, by) {
  const steps = STEPS[name];
  const next = steps[steps.indexOf(settings[name]) + by];
  if (next !== undefined) changeSetting(name, next);
  return next !== undefined;
}

/**
 * Whether what was said is sent once the person falls silent, without another tap.
 * Senior mode shows itself by `data-senior` on the root element.
 */
export function handsFree() {
  return settings.handsFree === "on" || (settings.handsFree === "senior" && document.documentElement.hasAttribute("data-senior"));
}

/**
 * Whether an answer is read aloud. Who chose large type and speech hears it after typing or pressing as well.
 * @param {boolean} spoken whether it was asked by speaking
 */
export function readsAloud(spoken) {
  if (settings.readAloud !== "voice") return settings.readAloud === "always";
  return spoken || document.documentElement.hasAttribute("data-senior");
}

/** Whether anything was chosen on this device; on a kiosk: since somebody left it. */
export function settingsChosen() {
  return deviceStore.read("settings") !== null;
}

/** Back to how the page looks and reads where nothing was chosen. */
export function forgetSettings() {
  deviceStore.remove("settings");
  Object.assign(settings, load());
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
  root.toggleAttribute("data-senior", inKiosk || settings.view === "senior");
}

prefersDark.addEventListener("change", applySettings);
