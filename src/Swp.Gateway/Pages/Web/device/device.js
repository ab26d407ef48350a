// The device page: a client in the browser.
import { bar } from "/shared/bar.js";
import { byId, el } from "/shared/dom.js";
import { define, locale, onLanguage, t } from "/shared/i18n.js";
import { may } from "/shared/session.js";
import { Calls } from "./calls.js";
import { DeviceClient } from "./client.js";
import { show, textOf, unwrap } from "./json.js";
import { FrameLog } from "./log.js";
import { Screen } from "./screen.js";
import { closeName, closeWords, errorWords } from "./words.js";

define({
  en: {
    title: "Device",
    type: "Type",
    id: "Id",
    token: "Token",
    tokenHint: "A JWT for this very type and id, where the type needs one. It is not remembered.",
    address: "Address",
    addressHint: "Where gateways listen for clients, as this browser reaches them.",
    connect: "Connect",
    disconnect: "Disconnect",
    hurry: "Try now",
    renew: "Send new token",
    answering: "Answers",
    rule: "What the server asks is answered",
    "rule.hand": "by hand",
    "rule.echo": "with what came",
    "rule.fixed": "with the same JSON each time",
    "rule.never": "never",
    fixed: "Answer (JSON)",
    delay: "Seconds until then",
    asking: "Ask the server",
    question: "Question (JSON)",
    ask: "Ask",
    screen: "Screen",
    calls: "Calls",
    log: "Frames",
    clear: "Clear",
    "phase.idle": "Not connected",
    "phase.connecting": "Connecting…",
    "phase.opening": "Connected, opening…",
    "phase.open": "Open",
    "phase.waiting": "Connects again in {0} s",
    "phase.token": "Waits for a new token",
    "phase.stopped": "Closed, and not connecting again",
    since: "Open since",
    beats: "Heartbeats answered",
    roundTrip: "Last one took",
    gateway: "Gateway",
    owner: "Owner",
    epoch: "Epoch",
    ms: "{0} ms",
    replyOk: "Answered after {0} ms",
    replyFailed: "Refused after {0} ms (code {1})",
    replyLost: "The connection ended before the answer: whether it was carried out is not known.",
  },
  zh: {
    title: "设备",
    type: "类型",
    id: "编号",
    token: "令牌",
    tokenHint: "类型需要时，填写该类型和编号专用的 JWT。不会被记住。",
    address: "地址",
    addressHint: "浏览器可访问的、网关为客户端监听的地址。",
    connect: "连接",
    disconnect: "断开",
    hurry: "立即重试",
    renew: "发送新令牌",
    answering: "应答",
    rule: "服务端的请求",
    "rule.hand": "人工应答",
    "rule.echo": "原样返回",
    "rule.fixed": "总是返回同一段 JSON",
    "rule.never": "从不应答",
    fixed: "应答（JSON）",
    delay: "延迟（秒）",
    asking: "询问服务端",
    question: "问题（JSON）",
    ask: "询问",
    screen: "叫号屏",
    calls: "呼叫",
    log: "帧",
    clear: "清空",
    "phase.idle": "未连接",
    "phase.connecting": "正在连接…",
    "phase.opening": "已连接，正在打开…",
    "phase.open": "已打开",
    "phase.waiting": "{0} 秒后重新连接",
    "phase.token": "等待新的令牌",
    "phase.stopped": "已关闭，不再重连",
    since: "打开时间",
    beats: "已应答心跳",
    roundTrip: "最近一次耗时",
    gateway: "网关",
    owner: "属主",
    epoch: "纪元",
    ms: "{0} 毫秒",
    replyOk: "{0} 毫秒后得到应答",
    replyFailed: "{0} 毫秒后被拒绝（代码 {1}）",
    replyLost: "应答之前连接已断开：不知道是否已执行。",
  },
});

const storage = "swp.device";
const maxDelaySeconds = 300;
const client = new DeviceClient();
const log = new FrameLog(byId("log"));
const screen = new Screen(byId("screen"), byId("said"));
const calls = new Calls(byId("calls"), (uuid, answer) => client.answer(uuid, answer), rule);
let types = new Map();
let readable = false;
let status = null;
let reply = null;

// ——— Connecting

byId("connection").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  remember();
  status = null;
  client.start({
    url: `${byId("address").value.trim().replace(/\/+$/, "")}/wss/${byId("type").value}`,
    id: byId("id").value,
    token: () => byId("token").value.trim(),
  });
});
byId("disconnect").addEventListener("click", () => client.stop());
byId("hurry").addEventListener("click", () => client.hurry());
byId("renew").addEventListener("click", () => client.renew());
byId("token").addEventListener("change", () => {
  if (client.state.phase === "token") client.hurry();
});
byId("type").addEventListener("input", showType);
byId("clear").addEventListener("click", () => log.clear());

function showType() {
  const known = types.get(byId("type").value);
  byId("token-field").hidden = known?.requiresToken === false;
  if (!byId("question").dataset.own) byId("question").value = byId("type").value === "his" ? '{"busiType":"feeItem","pageSize":3,"pageIndex":1}' : '{"hello":"world"}';
}
byId("question").addEventListener("input", () => {
  byId("question").dataset.own = "1";
});

function remember() {
  try {
    localStorage.setItem(storage, JSON.stringify({ type: byId("type").value, id: byId("id").value, address: byId("address").value }));
  } catch {
    // Not remembered then.
  }
}

// ——— State

function showState() {
  const { phase, close, retryAt, openedAt, beats, roundTrip } = client.state;
  const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  const chip = byId("state");
  setText(chip, t(`phase.${phase}`, seconds));
  chip.dataset.phase = phase;
  setText(byId("close"), close && phase !== "open" ? describeClose(close) : "");
  byId("disconnect").disabled = phase === "idle" || phase === "stopped";
  byId("hurry").hidden = phase !== "waiting";
  byId("renew").hidden = phase !== "open" || byId("token-field").hidden;
  byId("ask").disabled = phase !== "open" || reply?.pending === true;
  const facts = phase === "open"
    ? [
        ["since", new Date(openedAt).toLocaleTimeString(locale(), { hour12: false })],
        ["beats", beats],
        ["roundTrip", roundTrip === undefined ? "…" : t("ms", roundTrip.toFixed(1))],
        ...(status ? [["gateway", status.gateway], ["owner", status.owner], ["epoch", status.epoch]] : []),
      ]
    : [];
  byId("facts").replaceChildren(...facts.flatMap(([name, value]) => [el("dt", {}, t(name)), el("dd", { id: `fact-${name}` }, String(value ?? "–"))]));
}

function describeClose({ code, refusal }) {
  const said = refusal?.msg ? ` “${refusal.msg}”` : "";
  return `${closeName(code)} – ${closeWords(code)}${said}`;
}

// A live region speaks whenever it is written: only when it says something else.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// The countdown.
setInterval(() => {
  if (client.state.phase === "waiting") showState();
}, 500);

client.addEventListener("state", showState);
client.addEventListener("frame", ({ detail }) => log.add(detail));
client.addEventListener("end", () => calls.lose());
client.addEventListener("call", ({ detail: { frame } }) => {
  screen.call(unwrap(frame.data));
  calls.arrive(frame);
});
client.addEventListener("open", async () => {
  if (!readable) return;
  const answer = await fetch(`/api/v1/clients/${encodeURIComponent(byId("type").value)}/${encodeURIComponent(byId("id").value)}`, { cache: "no-store" });
  if (answer.ok) status = await answer.json();
  showState();
});

// ——— Answering

byId("rule").addEventListener("change", showRule);
byId("fixed").addEventListener("input", showRule);

function showRule() {
  const mode = document.querySelector("input[name=mode]:checked").value;
  byId("fixed-field").hidden = mode !== "fixed";
  byId("delay-field").hidden = mode !== "fixed" && mode !== "echo";
  byId("fixed-problem").hidden = tryParse(byId("fixed").value) !== undefined;
}

function rule() {
  const mode = document.querySelector("input[name=mode]:checked").value;
  const data = tryParse(byId("fixed").value);
  const seconds = Math.min(Math.max(byId("delay").valueAsNumber || 0, 0), maxDelaySeconds);

  // What is no JSON is not sent: a person sees the call and the mistake.
  return { mode: mode === "fixed" && data === undefined ? "hand" : mode, data, delayMs: seconds * 1000 };
}

function tryParse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// ——— Asking

byId("query").addEventListener("submit", async (submitted) => {
  submitted.preventDefault();
  const data = tryParse(byId("question").value);
  byId("question-problem").hidden = data !== undefined;
  if (data === undefined) return;
  reply = { pending: true };
  showReply();
  const started = performance.now();
  const frame = await client.query(data);
  reply = { frame, ms: (performance.now() - started).toFixed(1) };
  showReply();
});

function showReply() {
  byId("ask").disabled = client.state.phase !== "open" || reply?.pending === true;
  if (!reply || reply.pending) {
    byId("reply").replaceChildren();
    return;
  }
  const { frame, ms } = reply;
  if (frame === null) {
    byId("reply").replaceChildren(el("p", { className: "notice bad" }, t("replyLost")));
    return;
  }
  const ok = frame.code === "0";
  byId("reply").replaceChildren(
    el("p", { className: `small ${ok ? "good" : "bad"}` }, ok ? t("replyOk", ms) : t("replyFailed", ms, textOf(frame.code) ?? "")),
    ...(ok ? [] : [el("p", { className: "notice bad" }, [frame.msg, frame.error && errorWords(frame.error)].filter(Boolean).join(" – "))]),
    ...(frame.data === undefined ? [] : [el("pre", {}, show(unwrap(frame.data)))]));
}

// ——— Beginning

onLanguage(() => {
  document.title = `${t("title")} · Swp`;
  showState();
  showReply();
});

function recall() {
  try {
    return JSON.parse(localStorage.getItem(storage)) ?? {};
  } catch {
    return {};
  }
}

const known = await bar("device");
const settings = await (await fetch("/device/settings", { cache: "no-store" })).json();
const link = new URLSearchParams(location.search);
const last = recall();

// A link fills in who to be; to connect is for the person: it may take somebody's place.
byId("type").value = link.get("type") ?? last.type ?? byId("type").value;
byId("id").value = link.get("id") ?? last.id ?? byId("id").value;
byId("address").value = last.address ?? `${settings.secure ? "wss" : "ws"}://${location.hostname}:${settings.port}`;
readable = may(known, "read");
if (readable && known.types === null) {
  const answer = await fetch("/api/v1/types", { cache: "no-store" });
  if (answer.ok) types = new Map((await answer.json()).types.map((type) => [type.name, type]));
}
byId("types").replaceChildren(...[...types.values()].map((type) => el("option", { value: type.name }, type.displayName)));
showType();
showRule();
showState();
document.documentElement.dataset.ready = "1";
