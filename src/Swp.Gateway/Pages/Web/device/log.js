// The frames of the connection, newest first, so many and no more.
import { el } from "/shared/dom.js";
import { define, locale, onLanguage, t } from "/shared/i18n.js";

define({
  en: { "kind.0000": "HEART", "kind.0001": "OPEN", "kind.0002": "SERVER", "kind.0003": "CLIENT", frameIn: "received", frameOut: "sent" },
  zh: { "kind.0000": "心跳 HEART", "kind.0001": "打开 OPEN", "kind.0002": "服务端 SERVER", "kind.0003": "客户端 CLIENT", frameIn: "收到", frameOut: "发出" },
});

const capacity = 200;
const textLimit = 2_000;
const hidden = "•••";

export class FrameLog {
  #list;
  #waiting = [];

  constructor(list) {
    this.#list = list;
    onLanguage(() => this.#list.querySelectorAll("[data-kind]").forEach(label));
  }

  add({ out, text, frame }) {
    // A token is shown to nobody who looks over a shoulder.
    const shown = frame.data?.token ? JSON.stringify({ ...frame, data: { ...frame.data, token: hidden } }) : text;
    this.#waiting.push({ out, kind: frame.sessionType, text: shown, at: new Date() });
    if (this.#waiting.length > capacity) this.#waiting.shift();

    // Drawn once a frame, however many came.
    if (this.#waiting.length === 1) setTimeout(() => this.#draw(), 16);
  }

  clear() {
    this.#waiting = [];
    this.#list.replaceChildren();
  }

  #draw() {
    this.#list.prepend(...this.#waiting.reverse().map(row));
    this.#waiting = [];
    while (this.#list.childElementCount > capacity) this.#list.lastElementChild.remove();
  }
}

function row({ out, kind, text, at }) {
  const name = el("span", { "data-kind": kind ?? "", "data-out": out ? "1" : "0", className: "kind" });
  label(name);
  return el("li", { className: out ? "out" : "in" },
    el("time", { dateTime: at.toISOString() }, at.toLocaleTimeString(locale(), { hour12: false, fractionalSecondDigits: 3 })),
    name,
    el("code", {}, text.length > textLimit ? `${text.slice(0, textLimit)} … (${text.length})` : text));
}

function label(node) {
  const out = node.dataset.out === "1";
  node.textContent = `${out ? "→" : "←"} ${t(`kind.${node.dataset.kind}`).replace(/^kind\./, "")}`;
  node.title = t(out ? "frameOut" : "frameIn");
}
