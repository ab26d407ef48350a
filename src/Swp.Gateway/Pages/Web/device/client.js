// A client of swp.v1: connects, opens, beats, is asked, asks, and comes back as the close codes say.
import { parse } from "./json.js";
import { Backoff, decide, kinds, nowJitterMs } from "./policy.js";

const connectLimitMs = 15_000;
const openLimitMs = 12_000;

// The server allows no less than 45 s, and closes a silent connection after 120 s.
const heartMs = 50_000;

/**
 * Events: "state"; "frame" { out, text, frame }; "call" { frame }; "beat"; "open"; "end" (a connection ended: what it was asked is gone).
 * state: { phase: idle | connecting | opening | open | waiting | token | stopped, retryAt, close: { code, refusal }, beats, sentBeat, roundTrip, openedAt }
 */
export class DeviceClient extends EventTarget {
  state = { phase: "idle" };

  #options = null;
  #socket = null;
  #timer = 0;
  #heart = 0;
  #backoff = new Backoff();
  #queries = new Map();
  #next = 1;

  /** options: { url, id, token }, token a function. Replaces what was there. */
  start(options) {
    this.#drop();
    this.#options = options;
    this.#backoff.reset();
    this.#connect();
  }

  /** Leaves, and does not come back. */
  stop() {
    this.#drop();
    this.#set({ phase: "idle" });
  }

  /** Tries at once instead of waiting. */
  hurry() {
    if (this.state.phase === "waiting" || this.state.phase === "token") this.#connect();
  }

  /** Asks the server. Resolves to the answer's frame; to null when the connection ended first. */
  query(data) {
    const uuid = this.#uuid("q");
    return new Promise((resolve) => {
      this.#queries.set(uuid, resolve);
      if (!this.#send({ sessionType: kinds.client, uuid, data })) this.#settle(uuid, null);
    });
  }

  /** Answers what the server asked. False when there is no connection any more. */
  answer(uuid, { code = "0", msg, data }) {
    return this.#send({ sessionType: kinds.server, uuid, code, msg, data });
  }

  /** Opens again with a fresh token: the connection lives as long as that one. */
  renew() {
    const token = this.#options.token();
    const sent = this.#send({ sessionType: kinds.open, uuid: this.#uuid("o"), data: this.#openData() });
    if (sent) this.#set({ ...this.state, token });
    return sent;
  }

  #connect() {
    clearTimeout(this.#timer);
    const token = this.#options.token();
    this.#set({ phase: "connecting", close: this.state.close, token });
    let socket;
    try {
      socket = new WebSocket(this.#options.url, "swp.v1");
    } catch (failure) {
      this.#set({ phase: "stopped", close: { code: 0, refusal: { msg: failure.message } } });
      return;
    }
    this.#socket = socket;
    let opened = false;
    let refusal = null;
    const openUuid = this.#uuid("o");
    this.#timer = setTimeout(() => this.#end(socket, 1006, opened, refusal), connectLimitMs);

    socket.onopen = () => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#end(socket, 1006, opened, refusal), openLimitMs);
      this.#set({ ...this.state, phase: "opening" });
      this.#send({ sessionType: kinds.open, uuid: openUuid, data: this.#openData() });
    };
    socket.onmessage = ({ data: text }) => {
      if (socket !== this.#socket) return;
      let frame;
      try {
        frame = parse(text);
      } catch {
        frame = {};
      }
      this.#tell("frame", { out: false, text, frame });
      if (frame.sessionType === kinds.open && frame.uuid === openUuid && !opened) {
        if (frame.code === "0") {
          opened = true;
          this.#opened(token);
        } else {
          refusal = { msg: frame.msg, error: frame.error };
        }
        return;
      }
      if (frame.error && frame.sessionType !== kinds.client) refusal = { msg: frame.msg, error: frame.error };
      this.#take(frame);
    };
    socket.onclose = ({ code }) => this.#end(socket, code, opened, refusal);
  }

  #opened(token) {
    clearTimeout(this.#timer);
    this.#backoff.reset();
    this.#set({ phase: "open", openedAt: Date.now(), beats: 0, token });
    this.#tell("open");
    this.#beat();
    this.#heart = setInterval(() => this.#beat(), heartMs);
  }

  #beat() {
    const uuid = this.#uuid("h");
    if (this.#send({ sessionType: kinds.heart, uuid })) this.#set({ ...this.state, sentBeat: { uuid, at: performance.now() } });
  }

  #take(frame) {
    if (frame.sessionType === kinds.server && frame.uuid !== undefined) {
      this.#tell("call", { frame });
    } else if (frame.sessionType === kinds.client) {
      this.#settle(frame.uuid, frame);
    } else if (frame.sessionType === kinds.heart && frame.uuid === this.state.sentBeat?.uuid && !frame.error) {
      this.#set({ ...this.state, beats: this.state.beats + 1, beatAt: Date.now(), roundTrip: performance.now() - this.state.sentBeat.at });
      this.#tell("beat");
    }
  }

  #end(socket, code, opened, refusal) {
    if (socket !== this.#socket) return;
    this.#drop();
    const close = { code, refusal, opened };
    const action = decide(code, opened);
    if (action === "stop") {
      this.#set({ phase: "stopped", close });
    } else if (action === "token" && this.#options.token() === this.state.token) {
      this.#set({ phase: "token", close });
    } else {
      const delay = action === "now" ? nowJitterMs * Math.random() : (refusal?.error?.retryAfterMs ?? 0) + this.#backoff.next();
      this.#set({ phase: "waiting", close, retryAt: Date.now() + delay });
      this.#timer = setTimeout(() => this.#connect(), delay);
    }
  }

  // Whatever the socket still says is not heard.
  #drop() {
    clearTimeout(this.#timer);
    clearInterval(this.#heart);
    const socket = this.#socket;
    this.#socket = null;
    if (socket) {
      socket.close(1000);
      for (const uuid of [...this.#queries.keys()]) this.#settle(uuid, null);
      this.#tell("end");
    }
  }

  #openData() {
    const token = this.#options.token();
    return { clientId: this.#options.id, heartbeatReply: true, ...(token ? { token } : {}) };
  }

  #send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    const text = JSON.stringify({ code: "0", ...frame, sessionTime: Date.now() });
    this.#socket.send(text);
    this.#tell("frame", { out: true, text, frame });
    return true;
  }

  #settle(uuid, frame) {
    const resolve = this.#queries.get(uuid);
    this.#queries.delete(uuid);
    resolve?.(frame);
  }

  #uuid(kind) {
    return `${kind}${this.#next++}`;
  }

  #set(state) {
    this.state = state;
    this.#tell("state");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
