// One reply as the citizen sees it: answer, whom to ask, suggestions, and what can be done with it.

import { announce } from "./announcer.js";
import { answerFragment } from "./answer-html.js";
import { copyText } from "./clipboard.js";
import { inKiosk } from "./kiosk-mode.js";
import { cloneTemplate, slot } from "./page.js";
import { showContact } from "./phone-numbers.js";
import { ReadAloud } from "./read-aloud.js";
import { cityContact, formatDay, sayIn, t } from "./wording.js";

/** @typedef {import("./api.js").Reply} Reply */
/** @typedef {"up" | "down"} Vote */
/**
 * @typedef {object} Handlers
 * @property {(entryId: string, question: string) => boolean} choose false where it can't be asked just now
 * @property {() => boolean} chooseNone
 * @property {() => boolean} deny say no to the one question that Maru asked back
 * @property {(vote: Vote) => Promise<void>} vote
 */

const WITHOUT_ANSWER = new Set(["no_answer", "handoff", "unavailable"]);
const WITHOUT_COPY = new Set(["clarify", "smalltalk"]);
const WITH_OPINION = new Set(["answered", "no_answer", "handoff", "form"]);
const NONE = "none";
const NO = "no";
const MOST_CHOICES = 3;

export class MaruMessage {
  element = cloneTemplate("maru-message");
  #reply;
  #handlers;
  /** @type {Vote | null} */
  #vote = null;
  #readAloud;

  /**
   * @param {Reply} reply
   * @param {string} asked what was asked
   * @param {Handlers} handlers
   */
  constructor(reply, asked, handlers) {
    this.#reply = reply;
    this.#handlers = handlers;
    this.element.dataset.status = reply.status;
    this.#fillAnswer();
    // Who has just pressed or typed these very words need not see them twice.
    this.#slot("question").classList.toggle("unseen", reply.question === asked);
    this.#fillFacts();
    this.#fillSuggestions();
    this.#readAloud = new ReadAloud(this.element, reply);
    this.#slot("copy").hidden = WITHOUT_COPY.has(reply.status);
    this.#slot("copy").addEventListener("click", () => void this.#copy());
    this.#slot("thumbs").hidden = !WITH_OPINION.has(reply.status);
    for (const vote of /** @type {const} */ (["up", "down"])) {
      this.#slot(vote).addEventListener("click", () => void this.#voteFor(vote));
    }
  }

  /** Read the answer aloud, where the device can; how that ended. */
  readAloud() {
    return this.#readAloud.start();
  }

  /**
   * Show a vote that was given before.
   * @param {Vote | null} vote
   */
  showVote(vote) {
    this.#vote = vote;
    for (const each of ["up", "down"]) this.#slot(each).setAttribute("aria-pressed", String(each === vote));
  }

  /**
   * Show which suggestion was chosen.
   * @param {string | null} value the entry's id, "none" or "no"
   */
  showChosen(value) {
    for (const button of this.#slot("suggestions").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
  }

  /** @param {string} name */
  #slot(name) {
    return slot(this.element, name);
  }

  #fillAnswer() {
    const { html, question, note, locale, status } = this.#reply;
    for (const [name, text] of /** @type {const} */ ([["question", question], ["note", note]])) {
      const place = this.#slot(name);
      place.textContent = text ?? "";
      place.hidden = !text;
    }
    this.#slot("question").lang = locale;
    const answer = this.#slot("answer");
    answer.lang = locale;
    if (status === "emergency") answer.setAttribute("role", "alert");
    answer.replaceChildren(answerFragment(html));
  }

  #fillFacts() {
    const { contact, source_url: source, checked_on: checked, status } = this.#reply;
    const whom = contact ?? (WITHOUT_ANSWER.has(status) ? cityContact() : "");
    this.#slot("contact").hidden = !whom;
    showContact(this.#slot("contact-text"), whom);

    const link = this.#slot("source-link");
    const address = webAddress(source);
    this.#slot("source").hidden = address === null;
    if (address !== null) {
      const name = this.#slot("source-name");
      name.textContent = address.hostname;
      // A kiosk shows where it comes from, and nobody can leave it that way.
      if (inKiosk) link.replaceWith(name);
      else link.setAttribute("href", address.href);
    }

    const day = this.#slot("checked-date");
    this.#slot("checked").hidden = !checked;
    if (checked) {
      day.setAttribute("datetime", checked);
      day.textContent = formatDay(checked);
    }
    this.#slot("facts").hidden = !whom && address === null && !checked;
  }

  #fillSuggestions() {
    const { suggestions, status, locale, expects } = this.#reply;
    const place = this.#slot("suggestions");
    place.hidden = suggestions.length === 0;
    const [asked] = suggestions;
    if (asked === undefined) return;
    const clarify = status === "clarify";
    // The reply itself asks back; its buttons need no second heading.
    const title = this.#slot("suggestions-title");
    title.hidden = clarify;
    sayIn(title, "suggestions.related");
    const name = clarify ? "suggestions.clarify" : "suggestions.related";
    place.setAttribute("data-t-aria-label", name);
    place.setAttribute("aria-label", t(name));
    if (expects === "yes_no" && suggestions.length === 1) {
      place.classList.add("yes-no");
      const yes = this.#answerButton("confirm-yes", asked.entry_id, () => this.#handlers.choose(asked.entry_id, asked.question));
      const no = this.#answerButton("confirm-no", NO, () => this.#handlers.deny());
      // In the language of the question: it is sent as the answer to it.
      slot(yes, "question").textContent = t("confirm.yes", {}, locale);
      slot(no, "question").textContent = t("confirm.no", {}, locale);
      yes.lang = no.lang = locale;
      place.append(yes, no);
      return;
    }
    for (const { entry_id: id, question } of suggestions.slice(0, MOST_CHOICES)) {
      const button = this.#answerButton("suggestion", id, () => this.#handlers.choose(id, question));
      button.lang = locale;
      slot(button, "question").textContent = question;
      place.append(button);
    }
    if (!clarify) return;
    const none = this.#answerButton("suggestion-none", NONE, () => this.#handlers.chooseNone());
    none.classList.add("choice-none");
    sayIn(slot(none, "question"), "suggestions.none");
    place.append(none);
  }

  /**
   * @param {string} testId
   * @param {string} value by which it is shown as chosen
   * @param {() => boolean} act false where that can't be done just now
   */
  #answerButton(testId, value, act) {
    const button = cloneTemplate("suggestion");
    button.dataset.testid = testId;
    button.removeAttribute("lang");
    button.setAttribute("type", "button");
    button.setAttribute("value", value);
    button.addEventListener("click", () => {
      if (act()) this.showChosen(value);
    });
    return button;
  }

  async #copy() {
    const { question, source_url: source } = this.#reply;
    const contact = this.#slot("contact-text").textContent ?? "";
    const parts = [
      question,
      this.#slot("answer").innerText.trim(),
      contact && `${t("answer.contact")}: ${contact}`,
      source && `${t("answer.source")}: ${source}`,
    ];
    this.#remark(t((await copyText(parts.filter(Boolean).join("\n\n"))) ? "answer.copied" : "answer.copy_failed"));
  }

  /** @param {Vote} vote */
  async #voteFor(vote) {
    if (vote === this.#vote) return;
    const before = this.#vote;
    this.showVote(vote);
    try {
      await this.#handlers.vote(vote);
      this.#remark(t(vote === "up" ? "answer.thanks_up" : "answer.thanks_down"));
    } catch {
      if (this.#vote === vote) this.showVote(before);
      this.#remark(t("answer.feedback_failed"));
    }
  }

  /** @param {string} text */
  #remark(text) {
    const place = this.#slot("actions-note");
    place.textContent = text;
    place.hidden = false;
    announce(text);
  }
}

/** @param {string | null} address */
function webAddress(address) {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}
