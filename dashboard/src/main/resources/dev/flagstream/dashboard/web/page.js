// Which page is shown: by the address, which each page can be opened by.
import {put, problem} from "/files/ui.js";

const PAGES = [
  {path: /^\/$/, title: "Live", module: "/files/live.js"},
  {path: /^\/cases$/, title: "Cases", module: "/files/cases.js"},
  {path: /^\/quality$/, title: "Quality", module: "/files/quality.js"},
  {path: /^\/transactions\/([^/]+)$/, title: "Transaction", module: "/files/transaction.js"},
];

const main = document.getElementById("main");
let leave = () => {};
let shown = 0;

async function show(focus) {
  const turn = ++shown;
  leave();
  leave = () => {};
  const page = PAGES.find(({path}) => path.test(location.pathname));
  for (const link of document.querySelectorAll("nav a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${page?.title ?? "Not found"} · Flagstream`;
  if (!page) {
    put(main, problem(new Error(`There is no page ${location.pathname}.`)));
    return;
  }
  try {
    const module = await import(page.module);
    if (turn !== shown) return;
    put(main);
    const parts = page.path.exec(location.pathname).slice(1).map(decodeURIComponent);
    leave = module.show(main, {parts, go}) ?? (() => {});
  } catch (error) {
    put(main, problem(error, () => show(true)));
  }
  if (focus) main.focus({preventScroll: true});
}

/** Goes to another address of this page. */
export function go(address) {
  history.pushState(null, "", address);
  scrollTo(0, 0);
  show(true);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.hasAttribute("download") || link.target || link.pathname.startsWith("/api/")) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
addEventListener("popstate", () => show(false));

// A key that is pressed outside of fields: g l, g c, g q lead to pages, / to the search.
let before = "";
const PLACES = {gl: "/", gc: "/cases", gq: "/quality"};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const place = PLACES[before + event.key];
  before = event.key === "g" ? "g" : "";
  if (place) go(place);
});

const THEMES = {auto: "Theme: system", light: "Theme: light", dark: "Theme: dark"};
const theme = document.getElementById("theme");
function showTheme() {
  theme.textContent = THEMES[document.documentElement.dataset.theme ?? "auto"];
}
theme.addEventListener("click", () => {
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(document.documentElement.dataset.theme ?? "auto") + 1) % names.length];
  if (next === "auto") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem("theme");
  } else {
    document.documentElement.dataset.theme = next;
    localStorage.setItem("theme", next);
  }
  showTheme();
  document.dispatchEvent(new Event("themechange"));
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new Event("themechange")));
document.getElementById("zone").textContent = `Times are those of this browser's zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}. CSV and JSON have UTC.`;
showTheme();
show(false);
