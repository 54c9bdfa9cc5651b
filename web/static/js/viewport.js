// Makes the page as high as what a phone's keyboard leaves of the screen.

const KEYBOARD_TAKES = 0.75;

export function followKeyboard() {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const root = document.documentElement;
  const touch = window.matchMedia("(pointer: coarse)");
  let tallest = viewport.height;
  let width = viewport.width;
  const fit = () => {
    // A page that was zoomed in by two fingers keeps its size: its parts are meant to be looked at one by one.
    if (viewport.scale > 1.01) return;
    if (Math.abs(viewport.width - width) > 40) tallest = 0;
    width = viewport.width;
    tallest = Math.max(tallest, viewport.height);
    root.style.setProperty("--app-height", `${viewport.height}px`);
    root.toggleAttribute("data-keyboard", touch.matches && viewport.height < tallest * KEYBOARD_TAKES);
    if (viewport.offsetTop > 0) window.scrollTo(0, 0);
  };
  viewport.addEventListener("resize", fit);
  fit();
}
