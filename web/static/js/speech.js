// Reading aloud with the browser's own voices.

import { settings } from "./settings.js";

/** @typedef {import("./wording.js").Locale} Locale */
/** @typedef {{onEnd: (finished: boolean) => void}} Listener */

const LANGUAGES = { ko: "ko-KR", en: "en-US" };
const RATES = { slow: 0.75, normal: 0.95, fast: 1.2 };
const VOICES_TIMEOUT_MS = 2000;
// Some browsers fall silent in the middle of a long utterance: read it in pieces.
const LONGEST_PIECE = 180;

const synthesis = window.speechSynthesis;

/** @type {Promise<SpeechSynthesisVoice[]> | null} */
let voices = null;

/** Voices often arrive only after a while; an empty list after two seconds is believed. */
function allVoices() {
  voices ??= new Promise((resolve) => {
    if (!synthesis || typeof SpeechSynthesisUtterance !== "function") {
      resolve([]);
      return;
    }
    const now = synthesis.getVoices();
    if (now.length > 0) {
      resolve(now);
      return;
    }
    const done = () => resolve(synthesis.getVoices());
    synthesis.addEventListener?.("voiceschanged", done, { once: true });
    setTimeout(done, VOICES_TIMEOUT_MS);
  });
  return voices;
}

/**
 * The best voice for a language: on the device before over the network.
 * @param {Locale} language
 * @returns {Promise<SpeechSynthesisVoice | null>}
 */
export async function voiceFor(language) {
  const fitting = (await allVoices()).filter((voice) => voice.lang.toLowerCase().replace("_", "-").startsWith(language));
  return fitting.find((voice) => voice.localService) ?? fitting[0] ?? null;
}

/**
 * Sentences, or parts of long ones, in reading order.
 * @param {string} text
 * @returns {string[]}
 */
export function readingPieces(text) {
  const sentences = text.replace(/\s+/g, " ").match(/[^.!?。]+[.!?。]*\s*/g) ?? [];
  /** @type {string[]} */
  const pieces = [];
  for (const sentence of sentences) {
    const last = pieces[pieces.length - 1];
    if (last !== undefined && last.length + sentence.length <= LONGEST_PIECE) pieces[pieces.length - 1] = last + sentence;
    else pieces.push(...split(sentence));
  }
  return pieces.map((piece) => piece.trim()).filter(Boolean);
}

/** @param {string} sentence */
function split(sentence) {
  /** @type {string[]} */
  const parts = [];
  let rest = sentence;
  while (rest.length > LONGEST_PIECE) {
    const space = rest.lastIndexOf(" ", LONGEST_PIECE);
    const cut = space > 0 ? space + 1 : LONGEST_PIECE;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

/** One thing is read at a time; whoever reads next stops the one before. */
class Reader {
  /** @type {{pieces: string[], at: number, voice: SpeechSynthesisVoice, listener: Listener} | null} */
  #reading = null;
  /** @type {SpeechSynthesisUtterance | null} kept here: some browsers lose the events of a collected one */
  #utterance = null;

  /** Whether something is being read. */
  get busy() {
    return this.#reading !== null;
  }

  /**
   * @param {string} text
   * @param {Locale} language
   * @param {Listener} listener
   * @returns {Promise<boolean>} false where the device has no voice for the language
   */
  async read(text, language, listener) {
    const voice = await voiceFor(language);
    if (voice === null) return false;
    this.stop();
    this.#reading = { pieces: readingPieces(text), at: 0, voice, listener };
    this.#speakPiece();
    return true;
  }

  /** Stop, if something is being read. */
  stop() {
    this.#end(false);
  }

  /** Go on at the speed of the moment, from the beginning of the present piece. */
  restartPiece() {
    if (this.#reading === null) return;
    this.#silence();
    this.#speakPiece();
  }

  #speakPiece() {
    const reading = this.#reading;
    if (reading === null) return;
    const piece = reading.pieces[reading.at];
    if (piece === undefined) {
      this.#end(true);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(piece);
    utterance.voice = reading.voice;
    utterance.lang = reading.voice.lang || LANGUAGES.ko;
    utterance.rate = RATES[settings.speed];
    utterance.onend = () => {
      if (this.#utterance !== utterance) return;
      reading.at += 1;
      this.#speakPiece();
    };
    utterance.onerror = () => {
      if (this.#utterance === utterance) this.#end(false);
    };
    this.#utterance = utterance;
    synthesis.speak(utterance);
  }

  #silence() {
    this.#utterance = null;
    synthesis?.cancel();
  }

  /** @param {boolean} finished */
  #end(finished) {
    const reading = this.#reading;
    if (reading === null) return;
    this.#reading = null;
    this.#silence();
    reading.listener.onEnd(finished);
  }
}

/** The page's one reader. */
export const reader = new Reader();
window.addEventListener("pagehide", () => reader.stop());
