// Who was refused lately, asked for while somebody looks.
import { byId, el } from "/shared/dom.js";
import { onLanguage, t } from "/shared/i18n.js";
import { api } from "/shared/session.js";
import { number, time } from "./format.js";
import { word } from "./words.js";

const period = 3_000;
let last = [];

onLanguage(draw);

/** Asks again and again. */
export async function followRefusals() {
  for (;;) {
    if (!document.hidden) await refresh();
    await new Promise((after) => setTimeout(after, period));
  }
}

async function refresh() {
  try {
    const answer = await api("/api/v1/refusals");
    if (answer.ok) last = (await answer.json()).refusals;
  } catch {
    // The feed says that the gateway cannot be reached.
  }
  draw();
}

function draw() {
  byId("noRefusals").hidden = last.length > 0;
  byId("refusals").replaceChildren(...last.map((refusal) => el("tr", {},
    el("td", { className: "nowrap", textContent: time(refusal.lastAt) }),
    el("td", { textContent: word("refusal", refusal.kind) }),
    el("td", { textContent: refusal.reason }),
    el("td", { textContent: refusal.type ?? "" }),
    el("td", { textContent: refusal.address ?? t("otherAddresses") }),
    el("td", { className: "number", textContent: number(refusal.count) }),
    el("td", { textContent: refusal.gateway }))));
}
