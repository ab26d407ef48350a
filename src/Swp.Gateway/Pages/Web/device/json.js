// Payloads as they are: a number too long for the browser keeps its digits, where the browser can (JSON.rawJSON).

/** Reads JSON. Throws what JSON.parse throws. */
export const parse = (text) =>
  JSON.parse(text, (key, value, context) =>
    typeof value === "number" && context?.source !== undefined && context.source !== String(value) && JSON.rawJSON ? JSON.rawJSON(context.source) : value);

/** The value inside when it is a string that holds an object or an array: what a server sends comes in either form. */
export function unwrap(data) {
  if (typeof data !== "string" || !/^\s*[{[]/.test(data)) return data;
  try {
    return parse(data);
  } catch {
    return data;
  }
}

const limit = 20_000;

/** A value for people to read, cut where nobody would. */
export function show(value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
  return text.length > limit ? `${text.slice(0, limit)} … (${text.length})` : text;
}

/** A member's text: of a string or a number; undefined of anything else. */
export function textOf(value) {
  if (JSON.isRawJSON?.(value)) return value.rawJSON;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
