// A reply's HTML as elements. The server renders it safely; here only known elements and attributes are rebuilt,
// so that nothing else could come through even if it didn't.

import { inKiosk } from "./kiosk-mode.js";
import { t } from "./wording.js";

/** @typedef {{createHTML(html: string): string}} HtmlPolicy */

/** @type {HtmlPolicy} */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy("maru-reply", {
  createHTML: (/** @type {string} */ html) => html,
}) ?? { createHTML: (html) => html };

/** @type {Record<string, string>} element found → element built */
const ELEMENTS = {
  P: "p", BR: "br", UL: "ul", OL: "ol", LI: "li", STRONG: "strong", B: "strong", EM: "em", I: "em", CODE: "code",
  BLOCKQUOTE: "blockquote", HR: "hr", H1: "h4", H2: "h4", H3: "h4", H4: "h4", H5: "h5", H6: "h6",
  TABLE: "table", THEAD: "thead", TBODY: "tbody", TR: "tr", TH: "th", TD: "td", A: "a",
};
const PARTICLE = /([’”)\]」』][가-힣]{1,4})/;
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "EMBED", "NOSCRIPT", "SVG", "MATH"]);

/**
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function answerFragment(html) {
  const parsed = new DOMParser().parseFromString(policy.createHTML(html), "text/html");
  const fragment = document.createDocumentFragment();
  rebuild(parsed.body, fragment);
  return fragment;
}

/**
 * @param {Node} from
 * @param {Node} into
 */
function rebuild(from, into) {
  for (const node of from.childNodes) {
    if (node instanceof Text) appendText(node.data, into);
    if (!(node instanceof Element) || DROPPED.has(node.nodeName.toUpperCase())) continue;
    const name = ELEMENTS[node.nodeName];
    if (name === undefined) rebuild(node, into);
    else if (name === "a") buildLink(node, into);
    else {
      const element = document.createElement(name);
      if (name === "ol" && node.hasAttribute("start")) element.setAttribute("start", node.getAttribute("start") ?? "1");
      rebuild(node, element);
      into.appendChild(name === "table" ? scrollable(element) : element);
    }
  }
}

/**
 * Text in which no line begins with a particle: browsers break between a closing mark and the Hangul after it.
 * @param {string} text
 * @param {Node} into
 */
function appendText(text, into) {
  text.split(PARTICLE).forEach((part, index) => {
    if (index % 2 === 0) {
      if (part) into.appendChild(document.createTextNode(part));
      return;
    }
    const kept = document.createElement("span");
    kept.className = "kept-together";
    kept.textContent = part;
    into.appendChild(kept);
  });
}

/**
 * @param {Element} source
 * @param {Node} into
 */
function buildLink(source, into) {
  const href = source.getAttribute("href") ?? "";
  const web = /^https?:\/\//i.test(href);
  if (inKiosk || (!web && !/^(tel|mailto):/i.test(href))) {
    rebuild(source, into);
    return;
  }
  const link = document.createElement("a");
  link.setAttribute("href", href);
  rebuild(source, link);
  if (web) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    const hint = document.createElement("span");
    hint.setAttribute("data-t", "answer.new_window");
    hint.textContent = t("answer.new_window");
    link.append(" ", hint);
  }
  into.appendChild(link);
}

/** @param {HTMLElement} table */
function scrollable(table) {
  const box = document.createElement("div");
  box.className = "table";
  box.tabIndex = 0;
  box.append(table);
  return box;
}
