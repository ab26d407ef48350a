// The cluster as a whole: numbers, lines, members.
import { byId, el } from "/shared/dom.js";
import { onLanguage, t } from "/shared/i18n.js";
import { Chart } from "./charts.js";
import { number, rate, time } from "./format.js";
import { word } from "./words.js";

const tones = { ready: "good", draining: "warn", not_ready: "warn", silent: "bad", gone: "soft" };
const rememberGone = 60_000;
const mostTypes = 5;

const outcome = (key) => word("outcome", key);
const names = new Map();
const charts = {
  connected: new Chart("connected", number, 10, (key) => (key === "" ? t("others") : (names.get(key) ?? key))),
  connects: new Chart("connectsPerSecond", rate, 10, () => ""),
  calls: new Chart("callsPerSecond", rate, 10, outcome),
  latency: new Chart("latencyMs", (value) => number(value, 1), 10, t),
};
const seen = new Map();
let last = null;

byId("charts").append(...Object.values(charts).map((chart) => chart.element));
onLanguage(draw);

/** One more frame of the feed. */
export function showOverview(overview) {
  last = overview;
  for (const { name, displayName } of overview.types) names.set(name, displayName === name ? name : `${displayName} ${name}`);
  remember(overview.nodes);
  draw();

  charts.connected.add(byType(overview.types));
  charts.connects.add({ all: overview.pace.connectsPerSecond });
  charts.calls.add(happening(overview.pace.callsPerSecond));
  charts.latency.add({ half: overview.pace.p50Ms, nearlyAll: overview.pace.p99Ms });
}

// The many types of a large installation would be as many colours.
function byType(types) {
  const largest = [...types].sort((a, b) => b.connected - a.connected);
  const rest = types.length > mostTypes + 1 ? largest.splice(mostTypes) : [];
  const lines = Object.fromEntries(types.filter((type) => largest.includes(type)).map((type) => [type.name, type.connected]));
  if (rest.length > 0) lines[""] = rest.reduce((sum, type) => sum + type.connected, 0);
  return lines;
}

// An outcome gets its line when it first happens.
const happened = new Set(["completed"]);
function happening(calls) {
  for (const [name, perSecond] of Object.entries(calls)) if (perSecond > 0) happened.add(name);
  return Object.fromEntries([...happened].map((name) => [name, calls[name] ?? null]));
}

// A member that is declared dead leaves the list, and whoever looks is to see that it is gone and not only fewer lines.
function remember(nodes) {
  const now = Date.now();
  for (const node of nodes) seen.set(node.id, { node, at: now });
  for (const [id, { node, at }] of seen) {
    const isBack = at < now && nodes.some((other) => other.name === node.name);
    if (isBack || now - at > rememberGone) seen.delete(id);
  }
}

function draw() {
  if (!last) return;
  const { pace, connected, silent, nodes, at } = last;
  byId("at").textContent = t("at", time(at));
  const calls = pace.seconds === null ? null : Object.values(pace.callsPerSecond).reduce((sum, perSecond) => sum + perSecond, 0);
  const milliseconds = (value) => (value === null ? "–" : t("ms", number(value, 1)));
  const tiles = {
    connected: number(connected), connectsPerSecond: rate(pace.connectsPerSecond), callsPerSecond: rate(calls),
    half: milliseconds(pace.p50Ms), nearlyAll: milliseconds(pace.p99Ms), silentMembers: number(silent),
  };
  byId("tiles").replaceChildren(...Object.entries(tiles).map(([key, value]) =>
    el("div", {}, el("dt", { textContent: t(key) }), el("dd", { id: `tile-${key}`, className: key === "silentMembers" && silent > 0 ? "bad" : "", textContent: value }))));

  const gone = [...seen.values()].map((entry) => entry.node).filter((node) => !nodes.some((other) => other.id === node.id));
  byId("members").replaceChildren(...nodes.map((node) => row(node, node.state)), ...gone.map((node) => row(empty(node), "gone")));
}

const empty = (node) => ({ ...node, detail: null, connected: null, types: {}, unopened: null, connectsPerSecond: null, clients: null, apiCalls: null, activeCalls: null, callsPerSecond: null });

function row(node, state) {
  const cell = (text) => el("td", { className: "number", textContent: text });
  const types = Object.entries(node.types).filter(([, count]) => count > 0).map(([type, count]) => `${type} ${number(count)}`).join(", ");
  return el("tr", { className: state === "gone" ? "gone" : "", "data-member": node.name },
    el("td", {}, node.name, " ", el("span", { className: "soft small", textContent: node.roles.map((role) => word("role", role)).join(", ") })),
    el("td", {}, el("span", { className: `chip ${tones[state] ?? "soft"}`, textContent: word("state", state), title: node.detail ?? "" })),
    cell(number(node.connected ?? node.clients)), el("td", { textContent: types }), cell(number(node.unopened)),
    cell(rate(node.connectsPerSecond)), cell(number(node.activeCalls ?? node.apiCalls)), cell(rate(node.callsPerSecond)));
}
