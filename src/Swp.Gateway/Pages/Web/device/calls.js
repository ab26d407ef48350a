// What the server asks: a card each, answered by hand or by rule.
import { el } from "/shared/dom.js";
import { define, locale, onLanguage, t } from "/shared/i18n.js";
import { show, unwrap } from "./json.js";
import { clinicCall } from "./screen.js";

define({
  en: {
    "call.waiting": "waits for an answer",
    "call.answered": "answered",
    "call.failed": "refused",
    "call.lost": "the connection has ended: it cannot be answered any more",
    "call.answer": "Answer (JSON)",
    "call.send": "Answer",
    "call.refuse": "Refuse",
    "call.refused": "refused by hand",
    "call.badJson": "This is no JSON.",
  },
  zh: {
    "call.waiting": "等待应答",
    "call.answered": "已应答",
    "call.failed": "已拒绝",
    "call.lost": "连接已断开，无法再应答",
    "call.answer": "应答（JSON）",
    "call.send": "应答",
    "call.refuse": "拒绝",
    "call.refused": "人工拒绝",
    "call.badJson": "这不是 JSON。",
  },
});

const capacity = 50;

export class Calls {
  #list;
  #answer;
  #rule;
  #calls = new Map();

  /** answer(uuid, answer) sends one; rule() says how: { mode: hand | echo | fixed | never, delayMs, data }. */
  constructor(list, answer, rule) {
    this.#list = list;
    this.#answer = answer;
    this.#rule = rule;
    onLanguage(() => this.#calls.forEach(update));
  }

  arrive(frame) {
    // One that is sent again, after a reconnection, is the same call.
    const before = this.#calls.get(frame.uuid);
    if (before) this.#remove(before);
    const call = { uuid: frame.uuid, data: frame.data, content: unwrap(frame.data), state: "waiting", at: new Date(), timer: 0 };
    this.#calls.set(call.uuid, call);
    this.#show(call);
    while (this.#calls.size > capacity) this.#remove(this.#calls.values().next().value);
    this.#follow(call);
  }

  /** The connection has ended: what it was asked is answered by nobody. */
  lose() {
    for (const call of this.#calls.values()) {
      if (call.state === "waiting") this.#become(call, "lost");
    }
  }

  #follow(call) {
    const { mode, delayMs, data } = this.#rule();
    if (mode === "echo" || mode === "fixed") {
      const answer = { data: mode === "echo" ? call.data : data };
      if (delayMs > 0) call.timer = setTimeout(() => this.#finish(call, "answered", answer), delayMs);
      else this.#finish(call, "answered", answer);
    }
  }

  #finish(call, state, answer) {
    if (call.state === "waiting") this.#become(call, this.#answer(call.uuid, answer) ? state : "lost");
  }

  #become(call, state) {
    clearTimeout(call.timer);
    call.state = state;
    update(call);
  }

  #remove(call) {
    clearTimeout(call.timer);
    this.#calls.delete(call.uuid);
    call.node.remove();
  }

  #show(call) {
    const text = el("textarea", { rows: 2, spellcheck: false, value: JSON.stringify(suggestion(call.content)), id: `answer-${call.uuid}` });
    const problem = el("p", { className: "bad small", role: "alert", hidden: true, "data-i18n": "call.badJson" }, t("call.badJson"));
    const send = (submitted) => {
      submitted?.preventDefault();
      let data;
      try {
        data = JSON.parse(text.value);
      } catch {
        problem.hidden = false;
        text.focus();
        return;
      }
      this.#finish(call, "answered", { data });
    };
    call.form = el("form", { className: "stack", onsubmit: send },
      el("div", {}, el("label", { htmlFor: text.id, "data-i18n": "call.answer" }, t("call.answer")), text),
      problem,
      el("div", { className: "row" },
        el("button", { className: "primary", "data-i18n": "call.send" }, t("call.send")),
        el("button", { type: "button", "data-i18n": "call.refuse", onclick: () => this.#finish(call, "failed", { code: "1", msg: t("call.refused") }) }, t("call.refuse"))));
    text.addEventListener("keydown", (pressed) => {
      if (pressed.key === "Enter" && (pressed.ctrlKey || pressed.metaKey)) send(pressed);
    });
    call.label = el("span", { className: "small" });
    const seen = clinicCall(call.content);
    call.node = el("li", { className: "card stack", "data-uuid": call.uuid },
      el("div", { className: "row" }, el("strong", {}, seen ? [seen.number, seen.patient].filter(Boolean).join(" ") : call.uuid), call.label),
      el("pre", {}, show(call.content)),
      call.form);
    update(call);
    this.#list.prepend(call.node);
  }
}

// As the clinic's own screens confirm.
const suggestion = (content) => (clinicCall(content)?.number ? { shown: true, callCode: clinicCall(content).number } : { shown: true });

function update(call) {
  call.form.hidden = call.state !== "waiting";
  call.label.textContent = `${t(`call.${call.state}`)} · ${call.at.toLocaleTimeString(locale(), { hour12: false })}`;
  call.label.className = `small ${{ waiting: "warn", answered: "good", failed: "bad", lost: "bad" }[call.state]}`;
  call.node.dataset.state = call.state;
}
