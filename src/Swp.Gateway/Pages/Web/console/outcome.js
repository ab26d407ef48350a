// What became of something that was done, in words that say whether to do it again.
import { el } from "/shared/dom.js";
import { t } from "/shared/i18n.js";
import { number, time } from "./format.js";
import { word } from "./words.js";

/** Of a call: what the API answered. */
export function callOutcome(status, body) {
  if (status === 202) return box("good", word("outcome", "completed"), t("messageTaken"));
  if (!body?.outcome) return failure(status, body);
  const facts = [t("tookMs", number(body.elapsedMs, 1))];
  if (body.outcome === "completed") {
    const isFine = body.code === "0";
    facts.push(t("clientCode", body.code));
    return box(isFine ? "good" : "warn", word("outcome", body.outcome), facts.join(" · "), body.msg, body.data === null ? null : JSON.stringify(body.data, null, 2));
  }
  if (body.lastSeen) facts.push(`${t("lastSeen")} ${time(body.lastSeen)}`);
  const next = word("next", body.outcome);
  const unsafe = ["timed_out", "lost_in_flight"].includes(body.outcome);
  return box(body.retryable ? "warn" : "bad", `${word("outcome", body.outcome)} (${body.outcome})`, facts.join(" · "), unsafe && body.retryable ? t("again") : next, body.detail);
}

/** Of an administrative act. */
export function actOutcome(act, status, body) {
  if (status === 204) return box("good", t(`done.${act}`));
  if (status === 202) return box("warn", t(`done.${act}.later`));
  // Nobody was reached, or nobody answered: unlike a call, an act may be in force all the same.
  if (body?.outcome === "cluster_unavailable") return box("warn", `${word("outcome", body.outcome)} (${body.outcome})`, t("actUnknown"));
  return body?.outcome ? callOutcome(status, body) : failure(status, body);
}

/** Of what nobody answered. */
export const noAnswer = () => box("bad", t("noAnswer"));

/** Something that is said instead of an outcome. */
export const note = (tone, text) => box(tone, text);

const failure = (status, body) => box("bad", t("failed", status, body?.detail ?? body?.title ?? ""));

function box(tone, title, ...lines) {
  const last = lines.length > 3 ? lines.pop() : null;
  return el("div", { className: `outcome ${tone}` },
    el("p", {}, el("strong", { textContent: title })),
    lines.filter(Boolean).map((line) => el("p", { textContent: line })),
    last ? el("pre", { textContent: last }) : null);
}
