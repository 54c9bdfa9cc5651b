// Reading aloud, sentence by sentence, with whichever voice there is. Knows nothing of the page.

import { BrowserSpeaker } from "./browser-speaker.js";
import { readingPieces } from "./reading-pieces.js";
import { settingChanges, settings } from "./settings.js";

/** @typedef {import("./wording.js").Locale} Locale */
/** @typedef {{rate: number, volume: number}} Manner rate: 1 is the voice's own; volume: 0 to 1 */
/** @typedef {{text: string, language: Locale, turnId?: string}} Words turnId: that of the reply, where they are one */
/**
 * @typedef {object} PieceListener
 * @property {() => void} onEnd
 * @property {() => void} onError
 * @property {(share: number) => void} [onProgress] how much of the whole has been said, 0 to 1
 */
/**
 * @typedef {object} Speaker what can say one piece at a time, or a whole reply
 * @property {(words: Words) => Promise<boolean>} can whether it has a voice for them
 * @property {(words: Words, manner: Manner, listener: PieceListener) => void} speak
 * @property {() => void} cancel fall silent at once; no listener is called any more
 * @property {boolean} [whole] it says whole replies only, and then has the next three
 * @property {(manner: Manner) => void} [adjust]
 * @property {() => void} [pause]
 * @property {() => void} [resume] from where it was paused
 */
/** @typedef {"idle" | "reading" | "paused"} ReadingState */
/** @typedef {{onEnd: (finished: boolean) => void}} Listener */
/**
 * @typedef {object} Reading
 * @property {string[]} pieces
 * @property {number} at
 * @property {Words} words
 * @property {Speaker} speaker
 * @property {Listener} listener
 */

const RATES = { slowest: 0.6, slow: 0.75, normal: 0.95, fast: 1.2 };
const VOLUMES = { quiet: 0.45, normal: 0.75, loud: 1 };

/**
 * One thing is read at a time; whoever reads next stops the one before. Pausing stops at the present sentence and going on
 * begins with it, since the browsers' own pause doesn't work everywhere.
 * Tells with events: `change` (reading, paused, idle), `piece` (another sentence is being read).
 */
export class Reader extends EventTarget {
  #speakers;
  /** @type {Reading | null} */
  #reading = null;
  #paused = false;
  /** Counts what was asked for, so that a voice which comes late doesn't speak into something else. */
  #asked = 0;
  /** @type {Manner | null} that of the piece being read */
  #manner = null;

  /** @param {Speaker[]} speakers the first one that has a voice for the language reads */
  constructor(speakers) {
    super();
    this.#speakers = speakers;
    settingChanges.addEventListener("change", () => this.#follow());
  }

  /** @returns {ReadingState} */
  get state() {
    if (this.#reading === null) return "idle";
    return this.#paused ? "paused" : "reading";
  }

  /** The sentence being read, with its language; null where nothing is. */
  get piece() {
    const text = this.#reading?.pieces[this.#reading.at];
    return this.#reading === null || text === undefined ? null : { text, language: this.#reading.words.language };
  }

  /**
   * Have something else read what those before it have no voice for.
   * @param {Speaker} speaker
   */
  add(speaker) {
    this.#speakers.push(speaker);
  }

  /**
   * Whether there is a voice for these words.
   * @param {Words} words
   */
  async can(words) {
    return (await this.#speakerFor(words)) !== null;
  }

  /**
   * @param {Words} words
   * @param {Listener} listener
   * @returns {Promise<boolean>} false where there is no voice, or something else was asked for meanwhile
   */
  async read(words, listener) {
    const asked = ++this.#asked;
    const speaker = await this.#speakerFor(words);
    if (speaker === null || asked !== this.#asked) return false;
    this.stop();
    this.#reading = { pieces: readingPieces(words.text), at: 0, words, speaker, listener };
    this.#paused = false;
    this.#speak();
    this.#tell("change");
    return true;
  }

  /** Fall silent, keeping the place. */
  pause() {
    this.#asked += 1;
    if (this.state !== "reading") return;
    this.#paused = true;
    const speaker = this.#reading?.speaker;
    if (speaker?.whole) speaker.pause?.();
    else speaker?.cancel();
    this.#tell("change");
  }

  /**
   * Go on with the sentence that was interrupted.
   * @returns {boolean} false where nothing was
   */
  resume() {
    if (this.state !== "paused") return this.state === "reading";
    this.#paused = false;
    const speaker = this.#reading?.speaker;
    if (speaker?.whole) {
      speaker.adjust?.(mannerOf(settings));
      speaker.resume?.();
    } else this.#speak();
    this.#tell("change");
    return true;
  }

  /**
   * Read the same once more from its beginning.
   * @returns {boolean} false where nothing is being read
   */
  again() {
    if (this.#reading === null) return false;
    this.#reading.speaker.cancel();
    this.#reading.at = 0;
    this.#paused = false;
    this.#speak();
    this.#tell("change");
    return true;
  }

  /** Stop, if something is being read. */
  stop() {
    this.#asked += 1;
    this.#end(false);
  }

  /** @param {Words} words */
  async #speakerFor(words) {
    for (const speaker of this.#speakers) if (await speaker.can(words)) return speaker;
    return null;
  }

  /** Let another speed or volume be heard at once, from the beginning of the present sentence. */
  #follow() {
    const manner = mannerOf(settings);
    if (this.state !== "reading" || (manner.rate === this.#manner?.rate && manner.volume === this.#manner.volume)) return;
    const speaker = this.#reading?.speaker;
    if (speaker?.whole) {
      this.#manner = manner;
      speaker.adjust?.(manner);
      return;
    }
    speaker?.cancel();
    this.#speak();
  }

  #speak() {
    const reading = this.#reading;
    if (reading === null) return;
    const piece = reading.pieces[reading.at];
    if (piece === undefined) {
      this.#end(true);
      return;
    }
    this.#manner = mannerOf(settings);
    const { speaker, words } = reading;
    const current = () => reading === this.#reading && !this.#paused;
    speaker.speak(speaker.whole ? words : { ...words, text: piece }, this.#manner, {
      onEnd: () => {
        if (!current()) return;
        reading.at = speaker.whole ? reading.pieces.length : reading.at + 1;
        this.#speak();
      },
      onError: () => {
        if (current()) this.#end(false);
      },
      onProgress: (share) => {
        const at = pieceAt(reading.pieces, share);
        if (!current() || at === reading.at) return;
        reading.at = at;
        this.#tell("piece");
      },
    });
    this.#tell("piece");
  }

  /** @param {boolean} finished */
  #end(finished) {
    const reading = this.#reading;
    if (reading === null) return;
    this.#reading = null;
    reading.speaker.cancel();
    this.#tell("change");
    reading.listener.onEnd(finished);
  }

  /** @param {"change" | "piece"} type */
  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}

/**
 * Which piece is being said after a share of the whole, by its length.
 * @param {string[]} pieces
 * @param {number} share 0 to 1
 */
function pieceAt(pieces, share) {
  let left = share * pieces.join("").length;
  const at = pieces.findIndex((piece) => (left -= piece.length) < 0);
  return at === -1 ? pieces.length - 1 : at;
}

/**
 * @param {import("./settings.js").Settings} chosen
 * @returns {Manner}
 */
function mannerOf({ speed, volume }) {
  return { rate: RATES[speed], volume: VOLUMES[volume] };
}

const browser = new BrowserSpeaker();
document.addEventListener("click", () => reader.state === "idle" && browser.wake(), { once: true, capture: true });

/** The page's one reader. */
export const reader = new Reader([browser]);
window.addEventListener("pagehide", () => reader.stop());
