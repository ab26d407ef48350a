// Lines over the last five minutes, drawn by hand. What was not known is a gap.
import { el } from "/shared/dom.js";
import { onLanguage, t } from "/shared/i18n.js";

const points = 300;
const height = 100;
const colours = 6;

function svg(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// 0, 1, 2, 5, 10, 20 … : the scale stays while the numbers move a little.
function ceiling(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

export class Chart {
  #title;
  #format;
  #least;
  #name = (key) => key;
  #series = new Map();
  #drawing = svg("svg", { viewBox: `0 0 ${points - 1} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  #caption = el("span");
  #top = el("span", { className: "top" });
  #legend = el("ul");

  /** title: the key of its words. format: shows a value. least: the smallest scale. name: shows a series' key. */
  constructor(title, format, least = 1, name = undefined) {
    this.#title = title;
    this.#format = format;
    this.#least = least;
    if (name) this.#name = name;
    this.#drawing.append(svg("path", { class: "grid", d: `M0 0H${points}M0 ${height / 2}H${points}` }));
    this.element = el("figure", { className: "chart card", id: `chart-${title}` },
      el("figcaption", {}, this.#caption, el("span", { className: "soft small", "data-i18n": "fiveMinutes" })),
      el("div", { className: "plot" }, this.#drawing, this.#top),
      this.#legend);
    onLanguage(() => this.#draw());
  }

  /** One more point of each series: { key: value }. A series that is not named has none. */
  add(values) {
    for (const key of Object.keys(values)) {
      if (this.#series.has(key)) continue;
      const index = this.#series.size % colours;
      const path = svg("path", { class: `series-${index}` });
      this.#drawing.append(path);
      const item = el("li", { className: `series-${index}` });
      this.#legend.append(item);
      this.#series.set(key, { path, item, values: new Array(points).fill(null) });
    }
    for (const [key, series] of this.#series) {
      series.values.shift();
      series.values.push(values[key] ?? null);
    }
    this.#draw();
  }

  #draw() {
    let highest = this.#least;
    for (const { values } of this.#series.values()) for (const value of values) if (value > highest) highest = value;
    const scale = ceiling(highest);
    this.#caption.textContent = t(this.#title);
    this.#top.textContent = this.#format(scale);
    for (const [key, { path, item, values }] of this.#series) {
      let line = "";
      let pen = "M";
      values.forEach((value, x) => {
        if (value === null) {
          pen = "M";
          return;
        }
        line += `${pen}${x} ${(height - (value / scale) * height).toFixed(1)}`;
        pen = "L";
      });
      path.setAttribute("d", line);
      item.textContent = `${this.#name(key)} ${this.#format(values.at(-1))}`;
    }
  }
}
