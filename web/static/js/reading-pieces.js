// A text as short sentences: what is read at one go, shown as a caption, and where reading goes on after a pause.

const SENTENCE = /[^\n]+?(?:[.!?。…]+(?=\s|$)|(?=\n)|$)/g;
// Some browsers fall silent in the middle of a long utterance.
const LONGEST = 100;

/**
 * Sentences, or parts of long ones, in reading order.
 * @param {string} text
 * @returns {string[]}
 */
export function readingPieces(text) {
  const sentences = text.replace(/[^\S\n]+/g, " ").match(SENTENCE) ?? [];
  return sentences.flatMap(split).map((piece) => piece.trim()).filter(Boolean);
}

/** @param {string} sentence */
function split(sentence) {
  /** @type {string[]} */
  const parts = [];
  let rest = sentence.trim();
  while (rest.length > LONGEST) {
    const comma = rest.lastIndexOf(", ", LONGEST) + 1;
    const space = rest.lastIndexOf(" ", LONGEST);
    const cut = comma > LONGEST / 2 ? comma : space > 0 ? space : LONGEST;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut).trim();
  }
  return [...parts, rest];
}
