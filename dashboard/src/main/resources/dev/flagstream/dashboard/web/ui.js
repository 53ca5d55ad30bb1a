// What every page uses: elements, numbers as people read them, answers of the server.

/** An element; attributes that are null are left out, children may be texts, elements, lists or null. */
export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Puts other children in the place of those that are there. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
}

const WHOLE = new Intl.NumberFormat("en");
export const NOT_KNOWN = "–";

export function count(number) {
  return number === null || number === undefined ? NOT_KNOWN : WHOLE.format(number);
}

/** A number with a few digits that tell something. */
export function number(value, digits = 3) {
  if (value === null || value === undefined) return NOT_KNOWN;
  if (Number.isInteger(value)) return WHOLE.format(value);
  return new Intl.NumberFormat("en", {maximumSignificantDigits: digits}).format(value);
}

export function percent(share, digits = 2) {
  return share === null || share === undefined || !Number.isFinite(share) ? NOT_KNOWN : `${(100 * share).toFixed(digits)} %`;
}

/** An amount, which comes as text with all its digits and is never made a binary number. */
export function money(text, currency) {
  if (text === null || text === undefined) return NOT_KNOWN;
  const [whole, cents] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return `${grouped}${cents === undefined ? "" : `.${cents}`}${currency ? ` ${currency}` : ""}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", second: "2-digit"});
const DAY = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric"});

export function clock(time) {
  return time ? CLOCK.format(new Date(time)) : NOT_KNOWN;
}

export function day(time) {
  return time ? DAY.format(new Date(time)) : NOT_KNOWN;
}

export function duration(ms) {
  if (ms === null || ms === undefined) return NOT_KNOWN;
  if (ms < 1000) return `${ms} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}

/** What is asked of the server; an error is a sentence for the reader. */
export async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Error("The dashboard's server does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(body.error ?? `The server answered ${response.status}.`), {status: response.status});
  return body;
}

export function loading(rows = 6) {
  return el("div", {role: "status"}, el("span", {class: "hidden-text"}, "Loading"), Array.from({length: rows}, () => el("div", {class: "skeleton"})));
}

export function empty(title, text, action) {
  return el("div", {class: "box"}, el("strong", {}, title), text, action ? el("div", {}, action) : null);
}

export function problem(error, again) {
  return el("div", {class: "box problem", role: "alert"}, el("strong", {}, "This did not work"), error.message,
    again ? el("div", {}, el("button", {type: "button", onclick: again}, "Try again")) : null);
}

/** Why a transaction was flagged, as chips. */
export function reasons(rules, model, score) {
  const chips = (rules ?? []).map((rule) => el("span", {class: "chip"}, words(rule.toLowerCase())));
  if (model) chips.push(el("span", {class: "chip model"}, `model ${score?.toFixed(2) ?? ""}`));
  return chips.length ? chips : el("span", {class: "quiet"}, "none");
}

export function words(name) {
  return (name ?? "").replaceAll("_", " ");
}

export function transactionLink(id, ...text) {
  return el("a", {href: `/transactions/${encodeURIComponent(id)}`}, ...(text.length ? text : [id]));
}

/** A colour of the theme. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

let charts;

/** The library that draws charts, which is fetched when the first one is needed. */
export function chartLibrary() {
  charts ??= new Promise((resolve, reject) => {
    const script = el("script", {src: "/files/echarts.js"});
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", () => reject(new Error("The charts cannot be loaded.")));
    document.head.append(script);
  });
  return charts;
}

/** A chart in an element, drawn anew when the theme or the size changes. */
export async function chart(element, option) {
  const library = await chartLibrary();
  const drawn = library.init(element, null, {renderer: "canvas"});
  const draw = () => drawn.setOption({animation: false, textStyle: {fontFamily: "inherit"}, ...option()}, true);
  draw();
  const observer = new ResizeObserver(() => drawn.resize());
  observer.observe(element);
  document.addEventListener("themechange", draw);
  return {
    draw,
    close() {
      observer.disconnect();
      document.removeEventListener("themechange", draw);
      drawn.dispose();
    },
  };
}

/** What the axes of all charts look like. */
export function axis(more) {
  return {
    axisLine: {lineStyle: {color: colour("line")}},
    axisTick: {show: false},
    axisLabel: {color: colour("faint"), hideOverlap: true},
    splitLine: {lineStyle: {color: colour("line")}},
    nameTextStyle: {color: colour("faint")},
    ...more,
  };
}

export function tip(more) {
  // Drawn on the canvas: markup with styles of its own is against the content security policy.
  return {renderMode: "richText", backgroundColor: colour("card"), borderColor: colour("line"), textStyle: {color: colour("ink"), fontSize: 12}, confine: true, ...more};
}
