// Elements without markup: whatever is given as a child is text or a node, so that nothing from the wire becomes an element.

/** Makes an element. Of the properties, on… are listeners, those that the element has are set, the others are attributes. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** The element with an id. */
export const byId = (id) => document.getElementById(id);
