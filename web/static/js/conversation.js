// The conversation: asking, waiting, answering, and never losing what was said.

import { announce } from "./announcer.js";
import { answerFragment } from "./answer-html.js";
import { ApiError, sendFeedback, sendTurn, sendVoice } from "./api.js";
import { clock } from "./clock.js";
import { MaruMessage } from "./maru-message.js";
import { hideNotice } from "./notice.js";
import { byId, slot } from "./page.js";
import { hidePending, showPending } from "./pending.js";
import { settings } from "./settings.js";
import { reader } from "./speech.js";
import { tabStore } from "./storage.js";
import { UserMessage } from "./user-message.js";
import { locale, sayIn, t } from "./wording.js";

/** @typedef {import("./api.js").Reply} Reply */
/** @typedef {import("./composer.js").Composer} Composer */
/** @typedef {import("./maru-message.js").Vote} Vote */
/** @typedef {import("./microphone.js").Recorded} Recorded */
/** @typedef {import("./session.js").Session} Session */
/**
 * @typedef {object} Turn one question and what came of it, as kept in the tab's storage
 * @property {string} key the same for every attempt at sending it
 * @property {"text" | "entry" | "voice"} kind
 * @property {string} text typed, chosen, or heard
 * @property {string | null} entryId
 * @property {import("./wording.js").Locale | null} language that of the choice which it was pressed in
 * @property {number} seconds length of a recording
 * @property {Reply | null} reply
 * @property {Vote | null} vote
 * @property {string | null} chosen the suggestion that was pressed
 */

const KEPT_TURNS = 40;

export class Conversation {
  #log = byId("log", HTMLDivElement);
  #scroller = byId("scroller", HTMLDivElement);
  #examples = byId("examples", HTMLElement);
  #greeting = slot(this.#log, "answer");
  /** @type {Turn[]} */
  #turns = [];
  /** @type {Map<Turn, Blob>} recordings that are not answered yet; memory only */
  #audio = new Map();
  /** Counts erasures, so that an answer to an erased question is not shown. */
  #epoch = 0;
  #session;
  #composer;
  #speakAgain;
  #onTurn;

  /**
   * @param {{session: Session, composer: Composer, speakAgain: () => void, onTurn: () => void}} parts
   *   onTurn is called when a turn begins
   */
  constructor({ session, composer, speakAgain, onTurn }) {
    this.#session = session;
    this.#composer = composer;
    this.#speakAgain = speakAgain;
    this.#onTurn = onTurn;
  }

  /** How many questions were asked. */
  get length() {
    return this.#turns.length;
  }

  /** @param {string} text */
  askText(text) {
    return this.#ask({ kind: "text", text });
  }

  /**
   * @param {string} entryId
   * @param {string} question
   * @param {import("./wording.js").Locale | null} language
   */
  askEntry(entryId, question, language) {
    return this.#ask({ kind: "entry", text: question, entryId, language });
  }

  /** @param {Recorded} recorded */
  askVoice({ audio, seconds }) {
    return this.#ask({ kind: "voice", seconds }, audio);
  }

  /**
   * Whether a question can be asked now; says so if not.
   * @returns {boolean}
   */
  ready() {
    if (this.#composer.busy) announce(t("input.wait"));
    return !this.#composer.busy;
  }

  /**
   * @param {Partial<Turn> & Pick<Turn, "kind">} asked
   * @param {Blob} [audio]
   * @returns {boolean} false while another answer is awaited
   */
  #ask(asked, audio) {
    if (!this.ready()) return false;
    /** @type {Turn} */
    const turn = {
      key: randomKey(), text: "", entryId: null, language: null, seconds: 0, reply: null, vote: null, chosen: null, ...asked,
    };
    this.#turns.push(turn);
    if (audio) this.#audio.set(turn, audio);
    this.#keep();
    hideNotice();
    this.#examples.hidden = true;
    const message = this.#addQuestion(turn);
    this.#onTurn();
    void this.#deliver(turn, message);
    return true;
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   */
  async #deliver(turn, message) {
    if (!this.ready()) return;
    const epoch = this.#epoch;
    this.#composer.busy = true;
    this.#composer.rest();
    reader.stop();
    message.hideFailure();
    showPending(turn.kind === "voice" ? "voice" : "text");
    this.#scrollToEnd();
    try {
      await this.#send(turn);
      if (epoch !== this.#epoch) return;
      if (turn.kind === "voice") this.#showHeard(turn, message);
      if (turn.reply?.erased) this.#followErasure(turn, turn.reply.erased, message);
      hidePending();
      const answer = this.#addAnswer(turn);
      this.#scrollToAnswer(message.element, answer.element);
      if (settings.readAloud === "always" || (settings.readAloud === "voice" && turn.kind === "voice")) answer.readAloud();
    } catch (error) {
      if (epoch !== this.#epoch) return;
      hidePending();
      this.#showFailure(turn, message, error);
      this.#scrollToEnd();
    } finally {
      if (epoch === this.#epoch) {
        this.#composer.busy = false;
        this.#keep();
      }
    }
  }

  /** @param {Turn} turn */
  async #send(turn) {
    const audio = this.#audio.get(turn);
    if (turn.kind === "voice" && audio) {
      const { heard, reply } = await this.#session.within((id) => sendVoice(id, turn.key, audio, locale()));
      this.#audio.delete(turn);
      turn.text = heard.text;
      turn.reply = reply;
      return;
    }
    const asked = turn.entryId === null ? { text: turn.text } : { entry_id: turn.entryId };
    turn.reply = await this.#session.within((id) => sendTurn(id, turn.key, { ...asked, locale: turn.language ?? locale() }));
  }

  /** @param {Turn} turn */
  #addQuestion(turn) {
    const spoken = turn.kind === "voice" && turn.text === "";
    const message = new UserMessage(spoken ? t("voice.sent", { length: clock(turn.seconds) }) : turn.text);
    this.#log.append(message.element);
    return message;
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   */
  #showHeard(turn, message) {
    if (turn.text) message.showHeard(turn.text, () => this.#composer.edit(turn.text));
  }

  /** @param {Turn} turn */
  #addAnswer(turn) {
    const reply = /** @type {Reply} */ (turn.reply);
    const answer = new MaruMessage(reply, turn.text, {
      choose: (entryId, question) => this.#choose(turn, entryId, question),
      chooseNone: () => {
        if (!this.askText(t("suggestions.none"))) return false;
        turn.chosen = "none";
        this.#keep();
        this.#composer.focus();
        return true;
      },
      vote: async (vote) => {
        await this.#session.within((id) => sendFeedback(id, reply.turn_id, vote, reply.entry_id));
        turn.vote = vote;
        this.#keep();
      },
    });
    answer.showVote(turn.vote);
    answer.showChosen(turn.chosen);
    this.#log.append(answer.element);
    return answer;
  }

  /**
   * @param {Turn} turn the one whose answer offered the suggestion
   * @param {string} entryId
   * @param {string} question
   */
  #choose(turn, entryId, question) {
    if (!this.askEntry(entryId, question, turn.reply?.locale ?? null)) return false;
    turn.chosen = entryId;
    this.#keep();
    return true;
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   * @param {unknown} error
   */
  #showFailure(turn, message, error) {
    const failed = error instanceof ApiError ? error : new ApiError("server");
    if (!(error instanceof ApiError)) console.error(error);
    const refused = failed.kind === "refused";
    const again = { key: "failure.retry", act: () => void this.#deliver(turn, message) };
    const speak = { key: "mic.again", act: () => this.#speakAgain() };
    message.showFailure({
      key: `failure.${refused ? "server" : failed.kind}`,
      text: failed.message,
      ...(refused ? (turn.kind === "voice" ? { retry: speak } : {}) : { retry: again }),
      ...(turn.kind === "text" ? { edit: () => this.#composer.edit(turn.text) } : {}),
    });
  }

  #keep() {
    tabStore.write("turns", this.#turns.slice(-KEPT_TURNS));
  }

  /** Show again what this tab showed before it was reloaded. */
  restore() {
    const kept = tabStore.read("turns");
    if (!Array.isArray(kept) || kept.length === 0) return;
    this.#turns = /** @type {Turn[]} */ (kept);
    this.#examples.hidden = true;
    this.#log.setAttribute("aria-busy", "true");
    for (const turn of this.#turns) this.#restoreTurn(turn);
    this.#log.removeAttribute("aria-busy");
    this.#scrollToEnd();
  }

  /** @param {Turn} turn */
  #restoreTurn(turn) {
    const message = this.#addQuestion(turn);
    if (turn.reply !== null) {
      if (turn.kind === "voice") this.#showHeard(turn, message);
      this.#addAnswer(turn);
    } else if (turn.kind === "voice") {
      message.showFailure({ key: "failure.audio_lost", retry: { key: "mic.again", act: () => this.#speakAgain() } });
    } else {
      message.showFailure({
        key: "failure.interrupted",
        retry: { key: "failure.retry", act: () => void this.#deliver(turn, message) },
        edit: () => this.#composer.edit(turn.text),
      });
    }
  }

  /**
   * Greet with the server's own words, unless the conversation has begun already.
   * @param {Reply} reply
   */
  greet(reply) {
    if (this.#turns.length > 0 || reply.locale !== locale()) return;
    const words = answerFragment(reply.html);
    // The same words again would only be read out twice.
    if (words.textContent?.trim() === this.#greeting.textContent?.trim()) return;
    this.#greeting.lang = reply.locale;
    this.#greeting.replaceChildren(words);
  }

  /** Greet in the language of the moment, unless the conversation has begun already. */
  greetAgain() {
    if (this.#turns.length > 0) return;
    const words = document.createElement("p");
    sayIn(words, "greeting");
    this.#greeting.lang = locale();
    this.#greeting.replaceChildren(words);
  }

  /** Forget everything on the screen and in the tab. */
  clear() {
    this.#epoch += 1;
    reader.stop();
    hidePending();
    this.#composer.busy = false;
    this.#composer.clear();
    this.#turns = [];
    this.#audio.clear();
    tabStore.remove("turns");
    while (this.#log.children.length > 1) this.#log.lastElementChild?.remove();
    this.#examples.hidden = false;
    this.greetAgain();
    this.#scroller.scrollTop = 0;
  }

  /**
   * Take from the screen and the tab what the server has erased; the asking and its answer stay to be read.
   * @param {Turn} turn
   * @param {"all" | "partly"} erased
   * @param {UserMessage} message
   */
  #followErasure(turn, erased, message) {
    this.#session.followErasure(erased);
    this.#turns = [turn];
    this.#audio.clear();
    while (this.#log.children.length > 1) this.#log.lastElementChild?.remove();
    this.#log.append(message.element);
    this.#onTurn();
  }

  #scrollToEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /**
   * Put the question at the top, so that its answer is read from the beginning; a long question gives way.
   * @param {HTMLElement} question
   * @param {HTMLElement} answer
   */
  #scrollToAnswer(question, answer) {
    // After this frame's script, when the button that reads aloud has found its voice and taken its place.
    requestAnimationFrame(() => {
      const long = question.offsetHeight > this.#scroller.clientHeight * 0.35;
      (long ? answer : question).scrollIntoView({ block: "start" });
    });
  }
}

/** A key for one turn; not a secret. */
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
