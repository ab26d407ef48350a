// How a client follows the protocol when a connection ends: docs/protocol.md, "Close codes".

/** Kinds of frames. */
export const kinds = { heart: "0000", open: "0001", server: "0002", client: "0003" };

/** What follows a close: "now", "later" (with back-off), "token" (a new one is needed), "stop". */
export function decide(code, opened) {
  // A server that drains before it has even answered OPEN must not be hammered.
  if (code === 4003) return opened ? "now" : "later";
  if (code === 4006) return "token";
  if (code >= 4500 && code <= 4999) return "stop";
  if (code === 1003 || code === 1007 || code === 1009) return "stop";
  return "later";
}

/** The most that a reconnection waits which the server asked for: so that a gateway's clients do not come as one. */
export const nowJitterMs = 250;

/** Exponential back-off with full jitter. Starts over only when an OPEN has succeeded. */
export class Backoff {
  #attempt = 0;
  #base;
  #cap;

  constructor(base = 500, cap = 30_000) {
    this.#base = base;
    this.#cap = cap;
  }

  next() {
    const ceiling = Math.min(this.#cap, this.#base * 2 ** Math.min(this.#attempt, 30));
    this.#attempt++;
    return ceiling * Math.random();
  }

  reset() {
    this.#attempt = 0;
  }
}
