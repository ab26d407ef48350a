// Loaded before anything is drawn, as a plain script: a dark page must not flash in white first.
(() => {
  const key = "swp.theme";
  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const show = (theme) => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  show(stored());

  window.swpTheme = {
    // What is shown now: "light" or "dark".
    get current() {
      return document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    },
    // The other one. Where it is what the system wishes, the system is followed again.
    toggle() {
      const next = this.current === "dark" ? "light" : "dark";
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      show(next === system ? null : next);
      try {
        if (next === system) localStorage.removeItem(key);
        else localStorage.setItem(key, next);
      } catch {
        // Not remembered then.
      }
      dispatchEvent(new CustomEvent("swp-theme", { detail: next }));
    },
  };
})();
