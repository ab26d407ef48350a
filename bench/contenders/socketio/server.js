"use strict";

const { createServer } = require("node:http");
const { json } = require("node:stream/consumers");
const { parseArgs } = require("node:util");
const { createShardedAdapter } = require("@socket.io/redis-adapter");
const { Redis } = require("ioredis");
const { Server } = require("socket.io");
const { runCalls } = require("./calls");

const CALL_TIMEOUT_MS = 5000;

const { values: args } = parseArgs({ options: { port: { type: "string" }, redis: { type: "string" } } });

const server = createServer(onRequest);
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, serveClient: false, adapter: adapter(args.redis) });
io.on("connection", (socket) => socket.on("echo", (data, answer) => answer(data)));

// Otherwise every client keeps the request of its upgrade.
io.engine.on("connection", (socket) => (socket.request = null));
server.listen(Number(args.port), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));

function adapter(redis) {
  if (!redis) {
    return undefined;
  }
  const publisher = new Redis(`redis://${redis}`, { enableAutoPipelining: true });
  return createShardedAdapter(publisher, publisher.duplicate({ enableAutoPipelining: false }));
}

/** The client's answer; undefined when no node has such a client. Rejects after the time-out. */
async function ask(target, payload) {
  const [answer] = await io.to(target).timeout(CALL_TIMEOUT_MS).emitWithAck("ask", payload);
  return answer;
}

async function onRequest(request, response) {
  const url = new URL(request.url, "http://localhost");
  switch (`${request.method} ${url.pathname}`) {
    case "GET /bench/ready":
      return send(response, 200);
    case "POST /bench/call":
      return send(response, 200, await runCalls(await json(request), ask));
    case "POST /call":
      return send(response, ...(await call(url.searchParams.get("target"), await json(request))));
    case "POST /bench/fanout":
      io.emit("note", await json(request));
      return send(response, 202);
    default:
      return send(response, 404);
  }
}

async function call(target, payload) {
  try {
    const answer = await ask(target, payload);
    return answer === undefined ? [404] : [200, answer];
  } catch {
    return [504];
  }
}

function send(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" }).end(body === undefined ? undefined : JSON.stringify(body));
}
