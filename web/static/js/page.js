// Access to the page's own elements, with their types checked.

/**
 * The element with this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`#${id} is missing from the page or of another kind`);
  return element;
}

/**
 * The part of a component marked `data-slot="name"`.
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function slot(root, name) {
  const element = root.querySelector(`[data-slot="${name}"]`);
  if (!(element instanceof HTMLElement)) throw new Error(`slot ${name} is missing`);
  return element;
}

/**
 * A fresh copy of what a `<template>` holds.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function cloneTemplate(id) {
  const copy = byId(id, HTMLTemplateElement).content.firstElementChild?.cloneNode(true);
  if (!(copy instanceof HTMLElement)) throw new Error(`template ${id} is empty`);
  return copy;
}

/**
 * A fresh copy of an icon kept in a `<template>`.
 * @param {string} id
 * @returns {Node}
 */
export function cloneIcon(id) {
  const icon = byId(id, HTMLTemplateElement).content.firstElementChild;
  if (icon === null) throw new Error(`template ${id} is empty`);
  return icon.cloneNode(true);
}
