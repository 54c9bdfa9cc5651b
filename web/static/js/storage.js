// JSON in the browser's storage. Where storage is off or full, values simply don't outlive the page.

import { inKiosk } from "./kiosk-mode.js";

/**
 * What strangers do one after the other on the same device is kept in memory, and gone with the page.
 * @returns {Pick<Storage, "getItem" | "setItem" | "removeItem">}
 */
function memory() {
  /** @type {Map<string, string>} */
  const values = new Map();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** @param {() => Pick<Storage, "getItem" | "setItem" | "removeItem">} open */
function store(open) {
  return {
    /**
     * @param {string} key
     * @returns {unknown} the value, or null where there is none
     */
    read(key) {
      try {
        return JSON.parse(open().getItem(`maru.${key}`) ?? "null");
      } catch {
        return null;
      }
    },
    /**
     * @param {string} key
     * @param {unknown} value
     */
    write(key, value) {
      try {
        open().setItem(`maru.${key}`, JSON.stringify(value));
      } catch {
        // Nothing to do: see above.
      }
    },
    /** @param {string} key */
    remove(key) {
      try {
        open().removeItem(`maru.${key}`);
      } catch {
        // Nothing to do: see above.
      }
    },
  };
}

const kept = inKiosk ? memory() : null;

/** Lives as long as the tab: session id, draft, what is on the screen. */
export const tabStore = store(() => kept ?? window.sessionStorage);

/** Lives on the device: how the page looks and reads. Never anything a person said. */
export const deviceStore = store(() => kept ?? window.localStorage);
