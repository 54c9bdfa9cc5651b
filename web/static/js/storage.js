// JSON in the browser's storage. Where storage is off or full, values simply don't outlive the page.

/** @param {() => Storage} open */
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

/** Lives as long as the tab: session id, draft, what is on the screen. */
export const tabStore = store(() => window.sessionStorage);

/** Lives on the device: how the page looks and reads. Never anything a person said. */
export const deviceStore = store(() => window.localStorage);
