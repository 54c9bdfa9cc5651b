// What tells one turn from another, so that a turn which is sent twice is answered once.

/** A key for one turn; not a secret. */
export function newTurnKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
