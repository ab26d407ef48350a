// Numbers and times as the page's language writes them.
import { locale } from "/shared/i18n.js";

/** A number, with at most so many digits behind the point; a dash for none. */
export const number = (value, digits = 0) =>
  value === null || value === undefined ? "–" : new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);

/** A rate: small ones need their fractions. */
export const rate = (value) => number(value, value < 10 ? 1 : 0);

/** A time of today as such, another one with its date; a dash for none. */
export function time(text) {
  if (!text) return "–";
  const at = new Date(text);
  const today = at.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale(), today ? { timeStyle: "medium" } : { dateStyle: "short", timeStyle: "medium" }).format(at);
}
