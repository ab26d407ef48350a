// What a clinic's waiting room sees of a call: the number, the name, the window. Anything else is shown as the JSON that it is.
import { el } from "/shared/dom.js";
import { define, onLanguage, t } from "/shared/i18n.js";
import { show, textOf } from "./json.js";

define({
  en: {
    "screen.empty": "Nobody has been called yet.",
    "screen.number": "Number",
    "screen.patient": "Patient",
    "screen.window": "Window",
    "screen.anyWindow": "Consulting room",
    "screen.doctor": "Doctor",
    "screen.say": "Calling {0}. Please go to {1}.",
    "screen.sayWindow": "window {0}",
    "screen.sayAnyWindow": "the consulting room",
    "screen.sayOther": "A call has arrived.",
  },
  zh: {
    "screen.empty": "还没有叫号。",
    "screen.number": "号码",
    "screen.patient": "患者",
    "screen.window": "窗口",
    "screen.anyWindow": "诊室",
    "screen.doctor": "医生",
    "screen.say": "请 {0} 到 {1}。",
    "screen.sayWindow": "{0} 号窗口",
    "screen.sayAnyWindow": "诊室",
    "screen.sayOther": "收到一个呼叫。",
  },
});

/** The members of a clinic's call that people see; null when it is none. */
export function clinicCall(content) {
  if (content === null || typeof content !== "object" || Array.isArray(content)) return null;
  const [number, patient, window, doctor] = ["callCode", "patientName", "windowId", "doctorName"].map((member) => textOf(content[member])?.slice(0, 80));
  return number || patient ? { number, patient, window, doctor } : null;
}

export class Screen {
  #node;
  #live;
  #content;
  #has = false;

  constructor(node, live) {
    this.#node = node;
    this.#live = live;
    onLanguage(() => this.#draw());
  }

  call(content) {
    this.#content = content;
    this.#has = true;
    this.#draw();

    // Heard by who does not see it.
    this.#live.textContent = words(clinicCall(content));
  }

  #draw() {
    if (!this.#has) {
      this.#node.replaceChildren(el("p", { className: "soft" }, t("screen.empty")));
      return;
    }
    const call = clinicCall(this.#content);
    const fact = (name, label, value) => value && el("div", { className: name }, el("span", { className: "soft small" }, label), el("strong", {}, value));
    this.#node.replaceChildren(
      call
        ? el("div", { className: "call" },
            fact("number", t("screen.number"), call.number),
            fact("patient", t("screen.patient"), call.patient),
            fact("window", t("screen.window"), call.window || t("screen.anyWindow")),
            fact("doctor", t("screen.doctor"), call.doctor))
        : el("pre", { className: "plain" }, show(this.#content)));
  }
}

function words(call) {
  if (!call) return t("screen.sayOther");
  const who = [call.number, call.patient].filter(Boolean).join(" ");
  return t("screen.say", who, call.window ? t("screen.sayWindow", call.window) : t("screen.sayAnyWindow"));
}
