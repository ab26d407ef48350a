// The operator's console: the cluster, its clients, and who was refused.
import "./words.js";
import { bar } from "/shared/bar.js";
import { byId } from "/shared/dom.js";
import { apply, onLanguage, t } from "/shared/i18n.js";
import { goToSignIn, may } from "/shared/session.js";
import { showClient, startClient } from "./client.js";
import { follow } from "./feed.js";
import { startFinder } from "./finder.js";
import { showOverview } from "./overview.js";
import { followRefusals } from "./refusals.js";
import { word } from "./words.js";

const tones = { connecting: "soft", live: "good", lost: "bad", refused: "warn" };
let live = { state: "connecting" };

function tell(next) {
  if (next.state === live.state && next.detail === live.detail) return;
  live = next;
  drawLive();
}

function drawLive() {
  byId("live").className = `chip ${tones[live.state]}`;
  byId("live").textContent = word("live", live.state);
  byId("trouble").hidden = live.state !== "refused";
  byId("trouble").textContent = live.state === "refused" ? t("notForKey", live.detail) : "";
}

// The address names the client that is shown, so that it can be passed on.
function showFromAddress() {
  let type, id;
  try {
    [type, id] = location.hash.slice(1).split("/").map(decodeURIComponent);
  } catch {
    // Somebody typed it.
    return;
  }
  if (!type || !id) return;
  byId("type").value = type;
  byId("id").value = id;
  showClient(type, id);
}

function choose(type, id) {
  const address = `#${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
  if (location.hash === address) showFromAddress();
  else location.hash = address;
}

onLanguage(() => {
  document.title = `${t("title")} · Swp`;
  drawLive();
});
const session = await bar("console");
if (session.required && !session.name) goToSignIn();
else {
  apply();
  startClient(session);
  await startFinder(session, choose);
  addEventListener("hashchange", showFromAddress);
  showFromAddress();
  const sees = may(session, "read") && !session.types;
  byId("refused").hidden = !sees;
  if (sees) followRefusals();
  follow(tell, showOverview);
}
