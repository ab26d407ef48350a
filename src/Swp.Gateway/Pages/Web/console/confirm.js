// Asks before something is done to a client.
import { byId } from "/shared/dom.js";
import { t } from "/shared/i18n.js";

/** What was answered: null for no; of a ban { until, reason }. */
export function confirmed(act, name) {
  const dialog = byId("confirm");
  byId("confirmTitle").textContent = t(`confirm.${act}`, name);
  byId("confirmText").textContent = t(`confirm.${act}.text`);
  byId("yes").textContent = t(`yes.${act}`);
  byId("banFields").hidden = act !== "ban";
  byId("banReason").value = "";
  byId("banFor").value = "";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes" ? ban() : null), { once: true });
  });
}

function ban() {
  const hours = Number(byId("banFor").value);
  return { until: hours > 0 ? new Date(Date.now() + hours * 3_600_000).toISOString() : null, reason: byId("banReason").value || null };
}
