// One client: what is known of it, what has happened to it, and what can be done to it.
import { byId, el } from "/shared/dom.js";
import { onLanguage, t, translate } from "/shared/i18n.js";
import { api, may } from "/shared/session.js";
import { confirmed } from "./confirm.js";
import { number, time } from "./format.js";
import { actOutcome, callOutcome, noAnswer, note } from "./outcome.js";
import { word } from "./words.js";

const period = 2_000;
let session;
let shown = null;
let timer;

export function startClient(current) {
  session = current;
  onLanguage(() => shown?.translated());
}

/** Shows a client. */
export function showClient(type, id) {
  clearTimeout(timer);
  shown = new ClientPanel(type, id);
  byId("client").replaceChildren(shown.element);
  translate(shown.element);
  byId("client").focus({ preventScroll: false });
  follow(shown);
}

async function follow(panel) {
  if (!document.hidden) await panel.refresh();
  if (panel === shown) timer = setTimeout(() => follow(panel), period);
}

class ClientPanel {
  #path;
  #name;
  #status = null;
  #problem = null;
  #history = null;
  #outcome = () => "";
  #state = el("span", { className: "row" });
  #facts = el("dl", { className: "facts" });
  #events = el("tbody", { id: "events" });
  #complete = el("span", { className: "soft small" });
  #result = el("div", { id: "outcome", role: "status", "aria-live": "polite" });
  #data = el("textarea", { id: "data", rows: 3, value: "{}", spellcheck: false });
  #timeout = el("input", { id: "timeout", type: "number", min: 1, max: 300, value: 10, required: true });
  #wait = el("input", { id: "wait", type: "number", min: 0, max: 300, value: 0, required: true });
  #idempotent = el("input", { id: "idempotent", type: "checkbox" });
  #acts = {};
  #reasons = [];
  #mayLook;

  constructor(type, id) {
    this.#mayLook = may(session, "read") && (!session.types || session.types.includes(type));
    this.#path = `/api/v1/clients/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
    this.#name = `${type}/${id}`;
    this.element = el("div", { className: "stack" },
      el("div", { className: "row" }, el("h2", { id: "name", textContent: this.#name }), this.#state),
      this.#facts, this.#asking(), this.#administering(), this.#result,
      el("div", { className: "row" }, el("h3", { "data-i18n": "events" }), this.#complete),
      el("div", { className: "events" }, el("table", {}, this.#events)));
  }

  async refresh() {
    if (!this.#mayLook) {
      this.#problem = t("lacksScope", `read (${this.#name})`);
      this.redraw();
      return;
    }
    try {
      const [status, history] = await Promise.all([api(this.#path), api(`${this.#path}/events`)]);
      const body = await status.json();
      this.#status = status.ok ? body : null;
      this.#problem = status.ok ? null : body.outcome ? word("outcome", body.outcome) : (body.detail ?? body.title);
      this.#history = history.ok ? await history.json() : null;
    } catch {
      this.#status = null;
      this.#problem = t("unreachable");
    }
    this.redraw();
  }

  translated() {
    this.redraw();
    this.#result.replaceChildren(this.#outcome());
  }

  redraw() {
    const status = this.#status;
    const chip = (tone, text) => el("span", { className: `chip ${tone}`, textContent: text });
    this.#state.replaceChildren(...[
      status && chip(status.connected ? "good" : "soft", t(status.connected ? "isConnected" : "isNotConnected")),
      status?.banned && chip("bad", t("isBanned")),
      this.#problem && chip("warn", this.#problem),
    ].filter(Boolean));
    const facts = status === null ? {} : {
      connectedAt: time(status.connectedAt), lastSeen: time(status.lastSeen), lastHeartbeat: time(status.lastHeartbeat), gateway: status.gateway ?? "–",
      address: status.remoteAddress ?? "–", owner: status.owner ?? "–", epoch: String(status.epoch), pending: number(status.pendingRequests),
      ...(status.banned && { bannedUntil: status.bannedUntil ? time(status.bannedUntil) : t("forEver"), banReason: status.banReason ?? "–" }),
    };
    this.#facts.replaceChildren(...Object.entries(facts).flatMap(([key, value]) => [el("dt", { textContent: t(key) }), el("dd", { textContent: value })]));
    this.#drawEvents();
    for (const say of this.#reasons) say();
    for (const [act, button] of Object.entries(this.#acts)) button.disabled = !may(session, "admin") || (act === "unban" && status?.banned === false);
  }

  #drawEvents() {
    const history = this.#history;
    this.#complete.textContent = history === null ? "" : history.failed > 0 ? t("eventsMissing", history.failed) : t("completeSince", time(history.completeSince));
    const rows = (history?.events ?? []).map((event) => el("tr", {},
      el("td", { className: "nowrap", textContent: time(event.at) }),
      el("td", { textContent: describe(event) }),
      el("td", { className: "soft", textContent: [event.gateway, event.owner].filter(Boolean).join(" → ") })));
    if (rows.length === 0) rows.push(el("tr", {}, el("td", { className: "soft", textContent: t("noEvents") })));
    this.#events.replaceChildren(...rows);
  }

  #asking() {
    const button = (key, primary) => el("button", { type: "submit", value: key, className: primary ? "primary" : "", "data-i18n": key });
    const field = (key, input) => el("label", { className: "field" }, el("span", { "data-i18n": key }), input);
    const form = el("form", { className: "stack", onsubmit: (submitted) => {
      submitted.preventDefault();
      this.#askOnce(submitted.target.closest("fieldset"), submitted.submitter);
    } },
      field("data", this.#data),
      el("div", { className: "row" }, field("timeout", this.#timeout), field("wait", this.#wait),
        el("label", {}, this.#idempotent, " ", el("span", { "data-i18n": "idempotent" }))),
      el("div", { className: "row" }, button("call", true), button("send", false)));
    return this.#guarded("ask", "call", form);
  }

  #administering() {
    const button = (act) => (this.#acts[act] = el("button", { type: "button", className: act === "unban" ? "" : "danger", "data-i18n": act, onclick: () => this.#administer(act) }));
    return this.#guarded("administer", "admin", el("div", { className: "row" }, button("disconnect"), button("ban"), button("unban")));
  }

  // What the key may not do is shown, disabled, with the reason.
  #guarded(legend, scope, content) {
    const allowed = may(session, scope);
    const why = el("p", { className: "hint" });
    if (!allowed) this.#reasons.push(() => (why.textContent = t("lacksScope", scope)));
    return el("fieldset", { disabled: !allowed, id: legend }, el("legend", { "data-i18n": legend }), content, allowed ? null : why);
  }

  // A second click while a call is under way would be a second call.
  async #askOnce(fieldset, button) {
    fieldset.disabled = true;
    try {
      await this.#ask(button.value);
    } finally {
      fieldset.disabled = false;
      if (document.activeElement === document.body) button.focus();
    }
  }

  async #ask(kind) {
    let data;
    try {
      data = this.#data.value.trim() === "" ? null : JSON.parse(this.#data.value);
    } catch {
      this.#say(() => note("bad", t("notJson")));
      return;
    }
    const body = JSON.stringify({ data, timeoutMs: this.#timeout.valueAsNumber * 1000, waitForConnectMs: this.#wait.valueAsNumber * 1000, idempotent: this.#idempotent.checked });
    this.#say(() => note("", t("waiting")));
    await this.#do(`${this.#path}/${kind === "call" ? "requests" : "messages"}`, { method: "POST", body }, callOutcome);
  }

  async #administer(act) {
    const answer = await confirmed(act, this.#name);
    if (!answer) return;
    const [method, path] = { disconnect: ["DELETE", "connection"], ban: ["PUT", "ban"], unban: ["DELETE", "ban"] }[act];
    await this.#do(`${this.#path}/${path}`, { method, body: act === "ban" ? JSON.stringify(answer) : undefined }, (status, body) => actOutcome(act, status, body));
  }

  async #do(path, options, show) {
    try {
      const answer = await api(path, options);
      const text = await answer.text();
      const body = text ? JSON.parse(text) : null;
      this.#say(() => show(answer.status, body));
    } catch {
      this.#say(noAnswer);
    }
    await this.refresh();
  }

  #say(outcome) {
    this.#outcome = outcome;
    this.#result.replaceChildren(outcome());
  }
}

function describe(event) {
  const what = word("event", event.kind);
  if (event.outcome) return `${what}: ${word("outcome", event.outcome)}, ${t("tookMs", number(event.elapsedMs, 1))}`;
  return event.closeCode ? `${what}: ${event.closeCode} ${word("close", event.closeCode)}` : what;
}
