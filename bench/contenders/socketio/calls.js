"use strict";

const { createHistogram } = require("node:perf_hooks");
const { setTimeout: pause } = require("node:timers/promises");

const LONGEST_NS = 60e9;

/** A JSON object with one string, as long as asked. */
function payloadOf(bytes) {
  return { p: "x".repeat(Math.max(1, bytes - '{"p":""}'.length)) };
}

/**
 * Callers that call one client after the other, each in a loop of its own. Counts as Swp.Bench.Common does: the rate is of what ends within the
 * time, the latency of what begins within it, and nothing before the warm-up is over.
 */
async function runCalls({ targets, callers = 64, warmupSeconds = 1, seconds = 5, payloadBytes = 100 }, ask) {
  const payload = payloadOf(payloadBytes);
  const latency = createHistogram({ lowest: 1, highest: LONGEST_NS, figures: 3 });
  let [start, end, calls, failures] = [Infinity, Infinity, 0, 0];

  async function call() {
    let began = performance.now();
    while (began < end) {
      const target = targets[Math.floor(Math.random() * targets.length)];
      const answered = await ask(target, payload).then((answer) => answer !== undefined, () => false);
      const ended = performance.now();
      if (ended >= start) {
        if (!answered) {
          failures++;
        } else {
          if (ended <= end) {
            calls++;
          }
          if (began >= start) {
            latency.record(Math.min(LONGEST_NS, Math.max(1, Math.round((ended - began) * 1e6))));
          }
        }
      }
      began = ended;
    }
  }

  const loops = Array.from({ length: callers }, call);
  await pause(warmupSeconds * 1000);
  start = performance.now();
  end = start + seconds * 1000;
  await Promise.all(loops);
  return {
    calls,
    failures,
    seconds,
    p50Us: latency.percentile(50) / 1000,
    p99Us: latency.percentile(99) / 1000,
    maxUs: latency.max / 1000,
  };
}

module.exports = { runCalls };
