// The overview, once a second, for as long as the page is open. What breaks is tried again, and every change of state is told.
import { api } from "/shared/session.js";

const silence = 5_000;
const longest = 10_000;

/** tell({ state: "connecting" | "live" | "lost" | "refused", detail }) and show(overview). */
export async function follow(tell, show) {
  tell({ state: "connecting" });
  for (let failures = 0; ; ) {
    const began = performance.now();
    const refused = await watch(() => tell({ state: "live" }), show);
    if (refused) {
      tell({ state: "refused", detail: refused });
      return;
    }
    failures = performance.now() - began > silence ? 1 : failures + 1;
    tell({ state: "lost" });
    await new Promise((after) => setTimeout(after, Math.random() * Math.min(longest, 500 * 2 ** failures)));
  }
}

/** One connection, until it ends. Returns why nobody is to try again, if so. */
async function watch(opened, show) {
  const giveUp = new AbortController();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => giveUp.abort(), silence);
  };
  try {
    alive();
    const answer = await api("/api/v1/overview/stream", { signal: giveUp.signal });
    if (answer.status === 401) return " ";
    if (answer.status === 403) return (await answer.json()).detail ?? " ";
    if (!answer.ok) return null;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) return null;
      alive();
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const [name, data] = event.split("\n").map((line) => line.slice(line.indexOf(":") + 2));
        if (name !== "overview") continue;
        opened();
        show(JSON.parse(data));
      }
    }
  } catch {
    // Whatever it was, it is over.
    return null;
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}
