// The browser's own voices.

/** @typedef {import("./wording.js").Locale} Locale */
/** @typedef {import("./reader.js").Speaker} Speaker */
/** @typedef {import("./reader.js").Words} Words */
/** @typedef {import("./reader.js").Manner} Manner */
/** @typedef {import("./reader.js").PieceListener} PieceListener */

const LANGUAGES = { ko: "ko-KR", en: "en-US" };
const VOICES_TIMEOUT_MS = 2000;

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
 */
async function voiceFor(language) {
  const fitting = (await allVoices()).filter((voice) => voice.lang.toLowerCase().replace("_", "-").startsWith(language));
  return fitting.find((voice) => voice.localService) ?? fitting[0] ?? null;
}

/** @implements {Speaker} */
export class BrowserSpeaker {
  /** @type {Map<Locale, SpeechSynthesisVoice>} */
  #voices = new Map();
  /** @type {SpeechSynthesisUtterance | null} kept here: some browsers lose the events of a collected one */
  #utterance = null;

  /** Some browsers speak only once they were made to by a press; nothing can be heard of it. */
  wake() {
    if (!synthesis || typeof SpeechSynthesisUtterance !== "function") return;
    const silence = new SpeechSynthesisUtterance(" ");
    silence.volume = 0;
    synthesis.speak(silence);
  }

  /** @param {Words} words */
  async can({ language }) {
    const voice = await voiceFor(language);
    if (voice !== null) this.#voices.set(language, voice);
    return voice !== null;
  }

  /**
   * @param {Words} words
   * @param {Manner} manner
   * @param {PieceListener} listener
   */
  speak({ text, language }, { rate, volume }, { onEnd, onError }) {
    const voice = this.#voices.get(language);
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice ?? null;
    utterance.lang = voice?.lang || LANGUAGES[language];
    utterance.rate = rate;
    utterance.volume = volume;
    utterance.onend = () => {
      if (this.#utterance === utterance) onEnd();
    };
    utterance.onerror = () => {
      if (this.#utterance === utterance) onError();
    };
    this.#utterance = utterance;
    synthesis.speak(utterance);
  }

  cancel() {
    this.#utterance = null;
    synthesis?.cancel();
  }
}
