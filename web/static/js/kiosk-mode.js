// Whether this page stands on a device that strangers use one after the other.

/** The server says so, for `/?mode=kiosk`; it doesn't change while the page lives. */
export const inKiosk = document.documentElement.hasAttribute("data-kiosk");
