// The session with the server: started when needed, started anew when the server has forgotten it.

import { ApiError, createSession, eraseSession, setConsent } from "./api.js";
import { tabStore } from "./storage.js";
import { config, locale } from "./wording.js";

/** @typedef {"unset" | "yes" | "no"} Consent */
/** @typedef {import("./api.js").Reply} Reply */

export class Session {
  /** @type {string | null} */
  #id;
  /** @type {string | null} as people read it out on the telephone */
  #number;
  /** @type {Consent} */
  #consent;
  /** @type {Promise<string> | null} */
  #starting = null;
  /** @type {(greeting: Reply) => void} */
  #onGreeting;

  /** @param {(greeting: Reply) => void} onGreeting called with the greeting of each new session */
  constructor(onGreeting) {
    const kept = /** @type {{id?: unknown, number?: unknown, agency?: unknown, consent?: unknown} | null} */ (tabStore.read("session"));
    // A session belongs to one agency; the page of another one begins its own.
    const same = (kept?.agency ?? null) === config.agency;
    this.#id = same && typeof kept?.id === "string" ? kept.id : null;
    this.#number = this.#id !== null && typeof kept?.number === "string" ? kept.number : null;
    this.#consent = kept?.consent === "yes" || kept?.consent === "no" ? kept.consent : "unset";
    this.#onGreeting = onGreeting;
  }

  /** What the citizen said about keeping the conversation. */
  get consent() {
    return this.#consent;
  }

  /** The session's number for people; null where there is no session. */
  get number() {
    return this.#id === null ? null : this.#number;
  }

  /**
   * The session's id; starts a session where there is none.
   * @returns {Promise<string>}
   */
  start() {
    if (this.#id !== null) return Promise.resolve(this.#id);
    this.#starting ??= this.#create().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #create() {
    const created = await createSession(locale(), config.agency);
    // Consent belongs to the person in front of this tab, who doesn't see that the server began a new session.
    if (this.#consent === "yes") await setConsent(created.session_id, true);
    this.#id = created.session_id;
    this.#number = created.number;
    this.#keep();
    this.#onGreeting(created.reply);
    return created.session_id;
  }

  #keep() {
    tabStore.write("session", { id: this.#id, number: this.#number, agency: config.agency, consent: this.#consent });
  }

  /**
   * Do something within the session; once more in a new session if the server has lost this one.
   * @template T
   * @param {(id: string) => Promise<T>} action
   * @returns {Promise<T>}
   */
  async within(action) {
    const id = await this.start();
    try {
      return await action(id);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.sessionLost) throw error;
      if (this.#id === id) this.#id = null;
      return action(await this.start());
    }
  }

  /**
   * @param {boolean} agreed
   * @returns {Promise<void>}
   */
  async changeConsent(agreed) {
    // Off is how a session begins, so a first "no" needs no request.
    if (agreed || this.#consent === "yes") await this.within((id) => setConsent(id, agreed));
    this.#consent = agreed ? "yes" : "no";
    this.#keep();
  }

  /**
   * Follow what the server did when the citizen asked it, in the chat, to erase everything.
   * @param {"all" | "partly"} erased after "partly" the session stays, so that asking once more reaches the rest
   */
  followErasure(erased) {
    this.#consent = "no";
    if (erased === "all") this.#id = null;
    this.#keep();
  }

  /**
   * Forget the session here at once, and erase it at the server if that can be reached.
   * @returns {Promise<boolean>} whether it could
   */
  async leave() {
    const left = this.#starting ?? this.#id;
    this.#id = null;
    this.#consent = "unset";
    tabStore.remove("session");
    try {
      const id = await left;
      if (id !== null) await eraseSession(id);
      return id !== null;
    } catch (error) {
      return error instanceof ApiError && error.status > 0;
    }
  }

  /**
   * Erase the session at the server and forget it here. Throws, and forgets nothing, if the server can't be reached.
   * @returns {Promise<void>}
   */
  async erase() {
    const id = this.#starting ? await this.#starting : this.#id;
    if (id !== null) {
      try {
        await eraseSession(id);
      } catch (error) {
        if (!(error instanceof ApiError) || !error.sessionLost) throw error;
      }
    }
    this.#id = null;
    this.#consent = "unset";
    tabStore.remove("session");
  }
}
