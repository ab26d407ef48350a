// The bar at the top of every page: where one is, who one is, language and theme.
import { el } from "./dom.js";
import { apply, define, language, onLanguage, setLanguage, t } from "./i18n.js";
import { goToSignIn, session, signOut } from "./session.js";

define({
  en: { skip: "Skip to content", pages: "Pages", device: "Device", console: "Console", dashboard: "Orleans", toDark: "Dark", toLight: "Light", signIn: "Sign in", signOut: "Sign out", signedInAs: "{0}", languageButton: "中文", theme: "Light or dark" },
  zh: { skip: "跳到正文", pages: "页面", device: "设备", console: "控制台", dashboard: "Orleans", toDark: "深色", toLight: "浅色", signIn: "登录", signOut: "退出", signedInAs: "{0}", languageButton: "English", theme: "浅色或深色" },
});

/** Puts the bar before the page's <main id="main">, and shows the page in its language. current: the folder's name. Returns the session. */
export async function bar(current, links = ["console", "device"]) {
  const link = (name) => el("a", { href: `/${name}/`, "data-i18n": name, "aria-current": name === current ? "page" : null });
  const nav = el("nav", { "data-i18n-aria-label": "pages" }, links.map(link));
  const who = el("span", { className: "who", id: "who" });
  const signing = el("button", { type: "button", className: "plain", id: "signing", hidden: true });
  const theme = el("button", { type: "button", className: "plain", id: "theme", "data-i18n-title": "theme", onclick: () => window.swpTheme.toggle() });
  const words = el("button", { type: "button", className: "plain", id: "language", "data-i18n": "languageButton", onclick: () => setLanguage(language() === "zh" ? "en" : "zh") });
  document.body.prepend(
    el("a", { className: "skip", href: "#main", "data-i18n": "skip" }),
    el("header", { className: "bar" },
      el("a", { className: "brand", href: `/${current}/` }, el("img", { src: "/shared/icon.svg", alt: "" }), "Swp"),
      nav,
      who, signing, words, theme));

  const showTheme = () => {
    theme.textContent = t(window.swpTheme.current === "dark" ? "toLight" : "toDark");
  };
  addEventListener("swp-theme", showTheme);
  onLanguage(showTheme);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  apply();

  const known = await session();
  if (known.dashboard) {
    nav.append(link("dashboard"));
    apply();
  }
  const showWho = () => {
    who.textContent = known.required && known.name ? t("signedInAs", known.name) : "";
    signing.hidden = !known.required || current === "signin";
    signing.textContent = t(known.name ? "signOut" : "signIn");
  };
  signing.addEventListener("click", async () => {
    if (known.name) {
      await signOut();
      location.reload();
    } else {
      goToSignIn();
    }
  });
  onLanguage(showWho);
  showWho();
  return known;
}
