// The conversation: asking, waiting, answering, and never losing what was said.

import { announce } from "./announcer.js";
import { answerFragment } from "./answer-html.js";
import { ApiError, sendFeedback, sendTurn, sendVoice } from "./api.js";
import { clock } from "./clock.js";
import { MaruMessage } from "./maru-message.js";
import { hideNotice } from "./notice.js";
import { byId, slot } from "./page.js";
import { hidePending, showPending } from "./pending.js";
import { reader } from "./reader.js";
import { handsFree, readsAloud } from "./settings.js";
import { tabStore } from "./storage.js";
import { newTurnKey } from "./turn-key.js";
import { UserMessage } from "./user-message.js";
import { locale, sayIn, t } from "./wording.js";

/** @typedef {import("./api.js").Reply} Reply */
/** @typedef {import("./composer.js").Composer} Composer */
/** @typedef {import("./maru-message.js").Vote} Vote */
/** @typedef {import("./api.js").DeviceCommand} DeviceCommand */
/** @typedef {import("./listening.js").Purpose} Purpose */
/** @typedef {import("./listening.js").Utterance} Utterance */
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
/** @typedef {{question: UserMessage, answer: MaruMessage | null}} Shown */

const KEPT_TURNS = 40;

/**
 * Tells with events what happens: `ask`, `heard` and `reply` (detail: the `Turn`), `failure` (the same), `command` (detail: a
 * `DeviceCommand`, after which nothing of the turn is left), `awaiting` (a spoken turn's reply asks for an answer and has been
 * read), `clear`.
 */
export class Conversation extends EventTarget {
  #log = byId("log", HTMLDivElement);
  #scroller = byId("scroller", HTMLDivElement);
  #examples = byId("examples", HTMLElement);
  #greeting = slot(this.#log, "answer");
  /** @type {Turn[]} */
  #turns = [];
  /** @type {Map<Turn, Utterance>} recordings that are not answered yet; memory only */
  #said = new Map();
  /** @type {Map<Turn, Shown>} */
  #shown = new Map();
  /** Counts erasures, so that an answer to an erased question is not shown. */
  #epoch = 0;
  #session;
  #composer;
  #speakAgain;

  /** @param {{session: Session, composer: Composer, speakAgain: (purpose: Purpose) => void}} parts */
  constructor({ session, composer, speakAgain }) {
    super();
    this.#session = session;
    this.#composer = composer;
    this.#speakAgain = speakAgain;
  }

  /** How many questions were asked. */
  get length() {
    return this.#turns.length;
  }

  /** Whether the last question was spoken. */
  get spoken() {
    return this.#turns.at(-1)?.kind === "voice";
  }

  /** What the last reply waits for. */
  get expecting() {
    return this.#turns.at(-1)?.reply?.expects ?? null;
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

  /** @param {Utterance} utterance */
  askVoice(utterance) {
    const asked = this.#ask({ kind: "voice", key: utterance.key, seconds: utterance.seconds }, utterance);
    if (!asked) utterance.live?.cancel();
    return asked;
  }

  /** Read the last reply from its beginning, be it only the greeting. */
  readLast() {
    const turn = this.#turns.findLast(({ reply }) => reply !== null);
    const answer = turn && this.#shown.get(turn)?.answer;
    if (answer) void this.#readThenListen(turn, answer, true);
    else void reader.read({ text: this.#greeting.textContent?.trim() ?? "", language: locale() }, { onEnd: () => {} });
  }

  /** Open the microphone for the last spoken question anew. */
  sayAgain() {
    const replaces = this.#turns.at(-1);
    this.#speakAgain(replaces?.kind === "voice" ? { replaces } : {});
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
   * @param {Utterance} [said]
   * @returns {boolean} false while another answer is awaited
   */
  #ask(asked, said) {
    if (!this.ready()) return false;
    /** @type {Turn} */
    const turn = {
      key: newTurnKey(), text: "", entryId: null, language: null, seconds: 0, reply: null, vote: null, chosen: null, ...asked,
    };
    this.#turns.push(turn);
    if (said) this.#said.set(turn, said);
    this.#keep();
    hideNotice();
    this.#examples.hidden = true;
    const message = this.#addQuestion(turn);
    this.#tell("ask", turn);
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
    // Words may be meant for what is being read: it keeps its place until they are understood.
    if (turn.kind === "voice") reader.pause();
    else reader.stop();
    message.hideFailure();
    showPending(turn.kind === "voice" ? "voice" : "text");
    this.#scrollToEnd();
    /** @type {DeviceCommand | null} */
    let command = null;
    try {
      command = await this.#send(turn, message);
      if (epoch !== this.#epoch) return;
      hidePending();
      if (command === null) this.#showReply(turn, message);
      else this.#remove(turn);
    } catch (error) {
      if (epoch !== this.#epoch) return;
      hidePending();
      this.#showFailure(turn, message, error);
      this.#tell("failure", turn);
      this.#scrollToEnd();
    } finally {
      if (epoch === this.#epoch) {
        this.#composer.busy = false;
        this.#keep();
      }
    }
    if (command !== null) this.#tell("command", command);
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   */
  #showReply(turn, message) {
    const replaced = this.#said.get(turn)?.purpose.replaces;
    this.#said.delete(turn);
    if (replaced) this.#remove(replaced);
    reader.stop();
    if (turn.kind === "voice") this.#offerCorrection(turn, message);
    if (turn.reply?.erased) this.#followErasure(turn, turn.reply.erased, message);
    const answer = this.#addAnswer(turn, message);
    this.#tell("reply", turn);
    this.#scrollToAnswer(message.element, answer.element);
    void this.#readThenListen(turn, answer, readsAloud(turn.kind === "voice"));
  }

  /**
   * @param {Turn} turn
   * @param {MaruMessage} answer
   * @param {boolean} aloud
   */
  async #readThenListen(turn, answer, aloud) {
    const ended = aloud ? await answer.readAloud() : "silent";
    const last = this.#turns.at(-1) === turn && !this.#composer.busy;
    // Only who speaks is listened to, and only if reading wasn't stopped: that person is doing something else.
    if (turn.kind === "voice" && handsFree() && turn.reply?.expects && ended !== "stopped" && last) this.#tell("awaiting", turn);
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   * @returns {Promise<DeviceCommand | null>} what was said to the device, which then has no reply
   */
  async #send(turn, message) {
    const said = this.#said.get(turn);
    if (turn.kind !== "voice" || !said) {
      const asked = turn.entryId === null ? { text: turn.text } : { entry_id: turn.entryId };
      turn.reply = await this.#session.within((id) => sendTurn(id, turn.key, { ...asked, locale: turn.language ?? locale() }));
      return null;
    }
    const heard = await this.#hear(turn, said, (text) => this.#showHeard(turn, message, text));
    if (heard.reply === null) return heard.command;
    if (turn.text !== heard.heard.text) this.#showHeard(turn, message, heard.heard.text);
    turn.reply = heard.reply;
    return null;
  }

  /**
   * What came of a recording: of what was sent while it was spoken or, if that came to nothing, of one upload.
   * @param {Turn} turn
   * @param {Utterance} said
   * @param {(text: string) => void} onHeard
   */
  async #hear(turn, said, onHeard) {
    const { live, audio, purpose } = said;
    if (live !== null) {
      live.addEventListener("heard", () => onHeard(live.text));
      try {
        return await live.reply;
      } catch {
        // The recording is uploaded, and nothing of it is awaited live any more.
        said.live = null;
      }
    }
    const index = this.#turns.indexOf(turn);
    const expecting = purpose.replaces ? null : (this.#turns[index - 1]?.reply?.expects ?? null);
    return this.#session.within((id) => sendVoice(id, turn.key, audio, locale(), expecting));
  }

  /** @param {Turn} turn */
  #addQuestion(turn) {
    const spoken = turn.kind === "voice" && turn.text === "";
    const message = new UserMessage(spoken ? t("voice.sent", { length: clock(turn.seconds) }) : turn.text);
    this.#log.append(message.element);
    this.#shown.set(turn, { question: message, answer: null });
    return message;
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   * @param {string} text
   */
  #showHeard(turn, message, text) {
    if (!text || !this.#turns.includes(turn)) return;
    turn.text = text;
    message.showHeard(text);
    announce(`${t("voice.heard")} ${text}`);
    this.#tell("heard", turn);
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} message
   */
  #offerCorrection(turn, message) {
    if (!turn.text) return;
    message.offerCorrection({
      edit: () => this.#composer.edit(turn.text),
      sayAgain: () => this.#speakAgain({ replaces: turn }),
    });
  }

  /**
   * @param {Turn} turn
   * @param {UserMessage} question
   */
  #addAnswer(turn, question) {
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
      deny: () => {
        if (!this.#ask({ kind: "text", text: t("confirm.no", {}, reply.locale), language: reply.locale })) return false;
        turn.chosen = "no";
        this.#keep();
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
    this.#shown.set(turn, { question, answer });
    return answer;
  }

  /**
   * Take a turn from the screen and the tab, as if it hadn't been.
   * @param {Turn} turn
   */
  #remove(turn) {
    const shown = this.#shown.get(turn);
    shown?.question.element.remove();
    shown?.answer?.element.remove();
    this.#shown.delete(turn);
    this.#said.delete(turn);
    this.#turns = this.#turns.filter((each) => each !== turn);
    this.#examples.hidden = this.#turns.length > 0;
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
    const speak = { key: "mic.again", act: () => this.#speakAgain({ replaces: turn }) };
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
      if (turn.kind === "voice" && turn.text) message.showHeard(turn.text);
      if (turn.kind === "voice") this.#offerCorrection(turn, message);
      this.#addAnswer(turn, message);
    } else if (turn.kind === "voice") {
      message.showFailure({ key: "failure.audio_lost", retry: { key: "mic.again", act: () => this.#speakAgain({ replaces: turn }) } });
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
    for (const { live } of this.#said.values()) live?.cancel();
    this.#said.clear();
    this.#shown.clear();
    tabStore.remove("turns");
    while (this.#log.children.length > 1) this.#log.lastElementChild?.remove();
    this.#examples.hidden = false;
    this.greetAgain();
    this.#scroller.scrollTop = 0;
    this.#tell("clear", null);
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
    this.#said.clear();
    while (this.#log.children.length > 1) this.#log.lastElementChild?.remove();
    this.#log.append(message.element);
    this.#shown = new Map([[turn, { question: message, answer: null }]]);
    this.#tell("ask", turn);
  }

  /**
   * @param {string} type
   * @param {Turn | DeviceCommand | null} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
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
