// Chinese and English. A page defines its words once, marks what is fixed with data-i18n, and asks t() for the rest.
//
//   define({ en: { hello: "Hello, {0}" }, zh: { hello: "你好，{0}" } });
//   <h1 data-i18n="title"></h1>   <input data-i18n-placeholder="id">   <nav data-i18n-aria-label="pages">
//   t("hello", name)              onLanguage(redraw)

const storage = "swp.language";
const languages = ["en", "zh"];
const attributes = ["placeholder", "aria-label", "title"];
const words = { en: {}, zh: {} };
const listeners = new Set();
let current = first();

function first() {
  try {
    const stored = localStorage.getItem(storage);
    if (languages.includes(stored)) return stored;
  } catch {
    // The browser's own, then.
  }
  for (const wanted of navigator.languages ?? [navigator.language]) {
    const known = languages.find((language) => wanted.toLowerCase().startsWith(language));
    if (known) return known;
  }
  return "en";
}

/** The language shown: "en" or "zh". */
export const language = () => current;

/** The language for dates and numbers. */
export const locale = () => (current === "zh" ? "zh-CN" : "en-GB");

/** Adds words, in both languages. */
export function define(dictionary) {
  for (const name of languages) Object.assign(words[name], dictionary[name]);
}

/** Whether there are words for a key. */
export const has = (key) => key in words[current];

/** The words of a key, {0}, {1}… replaced. They are text, never markup. */
export function t(key, ...values) {
  const text = words[current][key] ?? words.en[key] ?? key;
  return text.replace(/\{(\d)\}/g, (whole, index) => (index in values ? String(values[index]) : whole));
}

/** Writes the words of everything below a node that asks for some. */
export function translate(root = document) {
  for (const node of root.querySelectorAll("[data-i18n]")) node.textContent = t(node.dataset.i18n);
  for (const attribute of attributes) {
    for (const node of root.querySelectorAll(`[data-i18n-${attribute}]`)) node.setAttribute(attribute, t(node.getAttribute(`data-i18n-${attribute}`)));
  }
}

/** Called after the language has changed. */
export const onLanguage = (listener) => listeners.add(listener);

/** Changes the language, and remembers it. */
export function setLanguage(name) {
  current = name;
  try {
    localStorage.setItem(storage, name);
  } catch {
    // Not remembered then.
  }
  apply();
}

/** Shows the page in its language: once, when its words are defined. */
export function apply() {
  document.documentElement.lang = locale();
  translate();
  for (const listener of listeners) listener();
}
