// Puts an API key into a session: the key leaves this page once, and stays nowhere in the browser.
import { bar } from "/shared/bar.js";
import { byId } from "/shared/dom.js";
import { apply, define, onLanguage, t } from "/shared/i18n.js";
import { signIn } from "/shared/session.js";

define({
  en: {
    title: "Sign in",
    intro: "With an API key of this gateway. It is kept by the server for an hour without use, for twelve at most, and ends when the key does.",
    key: "API key",
    wrong: "This key is not known here.",
    failed: "The gateway does not answer as it should (HTTP {0}).",
    unreachable: "The gateway cannot be reached.",
    open: "This gateway has no API keys: it answers programs and pages of its own machine, and nobody needs to sign in.",
  },
  zh: {
    title: "登录",
    intro: "使用本网关的 API 密钥。会话闲置一小时即结束，最长十二小时；密钥被移除时会话也随之结束。",
    key: "API 密钥",
    wrong: "本网关不认识这个密钥。",
    failed: "网关的应答不正常（HTTP {0}）。",
    unreachable: "无法连接网关。",
    open: "本网关没有配置 API 密钥：只应答本机的程序和页面，无需登录。",
  },
});

// Only a page of this server: whoever made the link may have put another one there. The whole address: a path that begins with // would name another server.
function next() {
  const wanted = URL.parse(new URLSearchParams(location.search).get("then") ?? "/device/", location.origin);
  return wanted?.origin === location.origin ? wanted.href : "/device/";
}

let problem = () => "";
const showProblem = (words) => {
  problem = words;
  byId("problem").textContent = words();
};

byId("form").addEventListener("submit", async (submitted) => {
  submitted.preventDefault();
  showProblem(() => "");
  let status;
  try {
    status = await signIn(byId("key").value);
  } catch {
    showProblem(() => t("unreachable"));
    return;
  }
  if (status === 200) {
    location.replace(next());
    return;
  }
  showProblem(() => (status === 401 ? t("wrong") : t("failed", status)));
  byId("key").select();
});

onLanguage(() => {
  document.title = `${t("title")} · Swp`;
  byId("problem").textContent = problem();
});
const known = await bar("signin");

// Come here by a link of another site, with which the browser sends no session along: there is one all the same.
if (known.name && location.search.includes("then=")) location.replace(next());
byId("form").hidden = !known.required;
byId("open").hidden = known.required;
apply();
byId("key").focus();
