// Finding a client: by type and id, or among those who are connected.
import { byId, el } from "/shared/dom.js";
import { onLanguage, t } from "/shared/i18n.js";
import { api, may } from "/shared/session.js";
import { time } from "./format.js";

const pageSize = 50;
let session;
let choose;
let page = null;
let next = null;

/** chosen(type, id) is called for the client that somebody wants to see. */
export async function startFinder(current, chosen) {
  session = current;
  choose = chosen;
  byId("find").addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    choose(byId("type").value, byId("id").value);
  });
  byId("type").addEventListener("change", () => list(null));
  byId("first").addEventListener("click", () => list(null));
  byId("next").addEventListener("click", () => list(next));
  onLanguage(draw);
  await fillTypes();
  await list(null);
}

// A key that is for some types only does not see the others, and may not ask which there are.
async function fillTypes() {
  let types = session.types ?? [];
  if (!session.types && may(session, "read")) {
    const answer = await ask("/api/v1/types");
    types = answer?.types.map((type) => type.name) ?? [];
  }
  byId("types").replaceChildren(...types.map((type) => el("option", { value: type })));
  if (byId("type").value === "") byId("type").value = types[0] ?? "";
}

async function list(cursor) {
  if (!may(session, "read") || !byId("type").value) return;
  const query = new URLSearchParams({ type: byId("type").value, limit: pageSize });
  if (cursor) query.set("cursor", cursor);
  page = await ask(`/api/v1/clients?${query}`);
  next = page?.next ?? null;
  draw();
}

async function ask(path) {
  try {
    const answer = await api(path);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function draw() {
  byId("next").disabled = next === null;
  byId("page").textContent = page === null ? "" : page.failed ? t("pageMissing", page.clients.length, page.failed) : t("page", page.clients.length);
  byId("connected").replaceChildren(...(page?.clients ?? []).map((client) => el("tr", {},
    el("td", {}, el("button", { type: "button", className: "link", textContent: client.id, onclick: () => choose(client.type, client.id) })),
    el("td", { textContent: client.gateway }),
    el("td", { className: "nowrap", textContent: time(client.connectedAt) }),
    el("td", { textContent: client.remoteAddress ?? "–" }))));
}
