// Runs before the first paint, so that the page never flashes in another size or colour. A classic script on purpose.
(function () {
  "use strict";
  var root = document.documentElement;
  if ("noModule" in HTMLScriptElement.prototype) root.setAttribute("data-script", "");
  /** @type {{theme?: string, textSize?: string, view?: string}} */
  var settings = {};
  try {
    // A kiosk remembers nothing, and what was remembered on its device before isn't its visitors'.
    if (!root.hasAttribute("data-kiosk")) settings = JSON.parse(localStorage.getItem("maru.settings") || "{}") || {};
  } catch (_error) {
    // Storage is switched off or holds something else: the defaults will do.
  }
  var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  if (settings.theme === "dark" || (settings.theme !== "light" && dark)) root.setAttribute("data-theme", "dark");
  if (settings.view === "senior") root.setAttribute("data-senior", "");
  if (settings.textSize) root.setAttribute("data-text-size", settings.textSize);
})();
