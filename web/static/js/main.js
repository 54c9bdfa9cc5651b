// Puts the page together.

import { announce } from "./announcer.js";
import { Composer } from "./composer.js";
import { ConsentCard } from "./consent-card.js";
import { Conversation } from "./conversation.js";
import { Menu } from "./menu.js";
import { MicrophoneButton } from "./microphone-button.js";
import { byId, slot } from "./page.js";
import { showContact } from "./phone-numbers.js";
import { applySettings, changeSetting, nextTextSize, settingChanges, settings } from "./settings.js";
import { Session } from "./session.js";
import { followKeyboard } from "./viewport.js";
import { cityContact, languageChanges, locale, pageAddress, sayIn, switchLanguage, t } from "./wording.js";

/** @type {Conversation} */
let conversation;

const session = new Session((greeting) => conversation.greet(greeting));
const composer = new Composer((text) => conversation.askText(text));
const consentCard = new ConsentCard(session);
const microphone = new MicrophoneButton({
  mayStart: () => conversation.ready(),
  onRecorded: (recorded) => conversation.askVoice(recorded),
});
conversation = new Conversation({
  session,
  composer,
  speakAgain: () => void microphone.start(),
  onTurn: () => consentCard.update(conversation.length),
});
new Menu({
  session,
  onErased: () => {
    microphone.cancel();
    conversation.clear();
    consentCard.reset();
    composer.focus();
    beginSession();
  },
  onConsent: () => consentCard.update(conversation.length),
});

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
  history.replaceState(null, "", pageAddress(locale()));
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

applySettings();
showContacts();
showTextSize();
followKeyboard();
conversation.restore();
consentCard.update(conversation.length);
beginSession();
document.documentElement.setAttribute("data-ready", "");
