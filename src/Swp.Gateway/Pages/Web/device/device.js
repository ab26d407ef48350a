import { bar } from "/shared/bar.js";
import { define, onLanguage, t } from "/shared/i18n.js";

define({ en: { title: "Device" }, zh: { title: "设备" } });
onLanguage(() => {
  document.title = `${t("title")} · Swp`;
});
await bar("device");
