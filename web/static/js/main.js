// Puts the page together.

import { announce } from "./announcer.js";
import { fetchSpeech } from "./api.js";
import { chime } from "./chime.js";
import { Composer } from "./composer.js";
import { ConsentCard } from "./consent-card.js";
import { Conversation } from "./conversation.js";
import { Kiosk } from "./kiosk.js";
import { inKiosk } from "./kiosk-mode.js";
import { Listening } from "./listening.js";
import { LiveSpeech } from "./live-speech.js";
import { Menu } from "./menu.js";
import { MicrophoneButton } from "./microphone-button.js";
import { hideNotice, showNotice } from "./notice.js";
import { byId, slot } from "./page.js";
import { showContact } from "./phone-numbers.js";
import { reader } from "./reader.js";
import { ReadingBar } from "./reading-bar.js";
import { SeniorView } from "./senior.js";
import { applySettings, changeSetting, forgetSettings, nextTextSize, settingChanges, settings, settingsChosen } from "./settings.js";
import { ServerSpeaker } from "./server-speaker.js";
import { Session } from "./session.js";
import { followKeyboard } from "./viewport.js";
import { VoiceCommands } from "./voice-commands.js";
import { cityContact, config, languageChanges, locale, pageAddress, sayIn, switchLanguage, t } from "./wording.js";

/** @type {Conversation} */
let conversation;

const session = new Session((greeting) => conversation.greet(greeting));
const composer = new Composer((text) => conversation.askText(text));
const consentCard = new ConsentCard(session);
const listening = new Listening({
  mayStart: () => conversation.ready(),
  connect: (key, endsByItself, purpose) => new LiveSpeech(utteranceStart(key, endsByItself, purpose)),
  onUtterance: ask,
});
conversation = new Conversation({ session, composer, speakAgain: (purpose) => void listening.start(purpose) });
const commands = new VoiceCommands({
  readLast: () => conversation.readLast(),
  sayAgain: () => conversation.sayAgain(),
});
new MicrophoneButton(listening, {
  button: byId("mic", HTMLButtonElement),
  panel: byId("hearing", HTMLDivElement),
  write: byId("write", HTMLDivElement),
});
// A kiosk's browser may have no voices of its own.
if (inKiosk) reader.add(new ServerSpeaker((turnId) => session.within((id) => fetchSpeech(id, turnId))));
new ReadingBar(byId("reading", HTMLDivElement), reader);

conversation.addEventListener("ask", () => consentCard.update(conversation.length));
// Who presses or writes instead has answered that way.
conversation.addEventListener("ask", (event) => /** @type {CustomEvent} */ (event).detail.kind !== "voice" && listening.cancel());
conversation.addEventListener("command", (event) => commands.carryOut(/** @type {CustomEvent} */ (event).detail));
conversation.addEventListener("awaiting", () => void listenForAnswer());
// Who begins to speak is not talked over.
listening.addEventListener("change", () => listening.state === "opening" && reader.pause());
listening.addEventListener("speech", () => reader.pause());

/**
 * Another answer may be awaited by now: then the recording waits to be sent.
 * @param {import("./listening.js").Utterance} utterance
 */
function ask(utterance) {
  if (conversation.askVoice(utterance)) return;
  showNotice("input.wait", [{ key: "failure.retry", act: () => ask({ ...utterance, live: null }) }]);
}

/**
 * How an utterance begins at the server.
 * @param {string} key
 * @param {Promise<boolean>} endsByItself
 * @param {import("./listening.js").Purpose} purpose
 * @returns {Promise<import("./live-speech.js").Start>}
 */
async function utteranceStart(key, endsByItself, { replaces }) {
  // What is said anew is no answer to what it led to.
  const expecting = replaces ? null : conversation.expecting;
  const [id, hands_free] = await Promise.all([session.start(), endsByItself]);
  return { session_id: id, locale: locale(), turn_key: key, expecting, hands_free };
}

/** Maru has asked back, and the one who asked by speaking may answer by speaking. */
async function listenForAnswer() {
  if (document.visibilityState === "hidden" || listening.state !== "idle") return;
  await chime();
  // Meanwhile somebody may have pressed something, or left.
  if (reader.state === "idle" && conversation.expecting !== null) void listening.start({ answering: true });
}

new Menu({
  session,
  onErased: () => {
    clearScreen();
    composer.focus();
    beginSession();
  },
  onConsent: () => consentCard.update(conversation.length),
});

function clearScreen() {
  listening.cancel();
  hideNotice();
  conversation.clear();
  consentCard.reset();
}

/** What a kiosk does when somebody leaves it; whether the server could be reached. */
function forgetVisitor() {
  clearScreen();
  forgetSettings();
  if (locale() !== config.locale) switchLanguage(config.locale);
  return session.leave();
}

/**
 * Read a question of the kiosk's own; who has spoken before may answer it by speaking.
 * @param {string} text
 */
async function askAloud(text) {
  if (settings.readAloud === "never") return;
  const onEnd = (/** @type {boolean} */ finished) => finished && conversation.spoken && void listening.start({ answering: true });
  await reader.read({ text, language: locale() }, { onEnd });
}

function beginSession() {
  // Without a session now there will be one with the first question.
  session.start().catch(() => {});
}

function showContacts() {
  for (const place of document.querySelectorAll("[data-contact]")) {
    if (place instanceof HTMLElement) showContact(place, cityContact());
  }
}

function showTextSize() {
  slot(byId("text-size", HTMLButtonElement), "size-face").textContent = t(`menu.size_${settings.textSize}`);
}

function showLanguageLink() {
  const link = byId("lang-switch", HTMLAnchorElement);
  const other = /** @type {import("./wording.js").Locale} */ (t("language.other_code"));
  link.textContent = t("language.other");
  link.lang = other;
  link.hreflang = other;
  link.href = pageAddress(other);
  byId("form-locale", HTMLInputElement).value = locale();
}

byId("lang-switch", HTMLAnchorElement).addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  switchLanguage(locale() === "ko" ? "en" : "ko");
  if (!inKiosk) history.replaceState(null, "", pageAddress(locale()));
  announce(t("language.switched"));
});

byId("text-size", HTMLButtonElement).addEventListener("click", () => {
  changeSetting("textSize", nextTextSize());
  announce(`${t("menu.text_size")}: ${t(`menu.size_${settings.textSize}_name`)}`);
});

for (const button of byId("examples", HTMLElement).querySelectorAll("button")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    // The button goes away with the others: the focus goes where the next question is written.
    if (conversation.askText(button.value) && event.detail === 0) composer.focus();
  });
}

window.addEventListener("offline", () => sayIn(byId("offline-banner", HTMLParagraphElement), "failure.offline_banner"));
window.addEventListener("online", () => {
  const banner = byId("offline-banner", HTMLParagraphElement);
  banner.removeAttribute("data-t");
  banner.textContent = "";
  announce(t("failure.back_online"));
});

languageChanges.addEventListener("change", () => {
  showContacts();
  showTextSize();
  showLanguageLink();
  conversation.greetAgain();
});
settingChanges.addEventListener("change", showTextSize);

new SeniorView();
if (inKiosk) {
  const kiosk = new Kiosk({
    busy: () => listening.state !== "idle" || reader.state === "reading" || composer.busy,
    used: () => conversation.length > 0 || composer.text !== "" || locale() !== config.locale || settingsChosen(),
    forget: forgetVisitor,
    ask: (text) => void askAloud(text),
  });
  listening.addEventListener("speech", () => kiosk.heard());
}
applySettings();
showContacts();
showTextSize();
followKeyboard();
conversation.restore();
consentCard.update(conversation.length);
beginSession();
document.documentElement.setAttribute("data-ready", "");
