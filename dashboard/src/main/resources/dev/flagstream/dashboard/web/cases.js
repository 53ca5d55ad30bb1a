// The flagged transactions, filtered as the address says, so that a view can be kept and sent on.
import {ask, clock, count, day, el, empty, loading, money, NOT_KNOWN, percent, problem, put, reasons, transactionLink, words} from "/files/ui.js";

const FILTERS = ["text", "category", "rule", "model", "reason", "merchant", "min", "max", "from", "to"];
const LOOK_FOR_NEWER_MS = 5000;

export function show(main, {go}) {
  const asked = new URLSearchParams(location.search);
  const order = asked.get("order") ?? "newest";
  const list = el("div", {}, loading(10));
  const newer = el("button", {type: "button", class: "strong", hidden: true, onclick: () => go(address(asked, {behind: null}))});
  const filters = form(asked, go);
  const leave = new AbortController();
  let clockwork;

  put(main,
    el("div", {class: "heading"}, el("h1", {}, "Cases"),
      el("div", {class: "actions"},
        el("span", {role: "status"}, newer),
        el("div", {class: "switch", role: "group", "aria-label": "Order"},
          ["newest", "riskiest"].map((each) => el("a", {href: address(asked, {order: each === "newest" ? null : each, behind: null}), "aria-current": each === order ? "true" : null}, each === "newest" ? "Newest" : "Riskiest"))),
        el("a", {class: "button", href: `/api/cases.csv?${only(asked, FILTERS)}`, download: "flagged-transactions.csv"}, "Download CSV"))),
    el("section", {class: "card", "aria-label": "Filters"}, filters.form),
    el("section", {class: "card", "aria-label": "Flagged transactions"}, list));

  async function load() {
    put(list, loading(10));
    try {
      // All that the address says: the server tells which of it is misspelt.
      const page = await ask(`/api/cases?${only(asked, [...asked.keys()])}`, {signal: leave.signal});
      put(list, ...content(page, asked));
      if (order === "newest" && !asked.has("behind") && page.first) clockwork = setInterval(() => lookForNewer(page.first), LOOK_FOR_NEWER_MS);
    } catch (error) {
      if (error.name !== "AbortError") put(list, problem(error, load));
    }
  }

  async function lookForNewer(first) {
    try {
      const parameters = only(asked, FILTERS);
      parameters.set("than", first);
      const answer = await ask(`/api/cases/newer?${parameters}`, {signal: leave.signal});
      newer.hidden = answer.newer === 0;
      newer.textContent = `Show ${count(answer.newer)} newer`;
    } catch {
      // The next look may do better.
    }
  }

  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "/") {
      event.preventDefault();
      filters.form.elements.text.focus();
    } else if (event.key === "j" || event.key === "k") {
      const links = [...list.querySelectorAll("tbody a")];
      const at = links.indexOf(document.activeElement);
      links[event.key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)]?.focus();
    }
  };
  addEventListener("keydown", keys);
  load();
  filters.choose(leave.signal);
  return () => {
    leave.abort();
    clearInterval(clockwork);
    removeEventListener("keydown", keys);
  };
}

/** The parameters of some names that are given. */
function only(parameters, names) {
  return new URLSearchParams([...parameters].filter(([name, value]) => names.includes(name) && value !== ""));
}

function address(parameters, changes) {
  const changed = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") changed.delete(name);
    else changed.set(name, value);
  }
  return `/cases${changed.size ? `?${changed}` : ""}`;
}

function form(asked, go) {
  const field = (name, label, attributes, kind) => el("label", {class: kind}, label, el("input", {name, value: asked.get(name), autocomplete: "off", ...attributes}));
  const choice = (name, label, all) => {
    const value = asked.get(name) ?? "";
    return el("label", {}, label, el("select", {name}, el("option", {value: ""}, all), value ? el("option", {value, selected: true}, words(value.toLowerCase())) : null));
  };
  const model = asked.get("model") ?? "";
  const made = el("form", {class: "filters", role: "search", onsubmit: (event) => {
    event.preventDefault();
    const changes = {behind: null};
    for (const name of FILTERS) changes[name] = made.elements[name].value.trim();
    for (const name of ["from", "to"]) if (changes[name]) changes[name] = new Date(changes[name]).toISOString();
    go(address(asked, changes));
  }},
    field("text", "Search", {type: "search", placeholder: "id, merchant, card's last four"}, "wide"),
    choice("category", "Category", "Any category"),
    choice("rule", "Rule", "Any rule"),
    el("label", {}, "Model", el("select", {name: "model"}, [["", "Either way"], ["true", "Alerted"], ["false", "Did not alert"]].map(([value, text]) => el("option", {value, selected: value === model}, text)))),
    choice("reason", "Reason", "Any feature"),
    field("min", "Amount from", {inputmode: "decimal"}),
    field("max", "Amount to", {inputmode: "decimal"}),
    field("from", "Time from", {type: "datetime-local", step: 1, value: local(asked.get("from"))}, "wide"),
    field("to", "Time before", {type: "datetime-local", step: 1, value: local(asked.get("to"))}, "wide"),
    field("merchant", "Merchant id", {}),
    el("div", {class: "actions"}, el("button", {class: "strong"}, "Apply"), el("a", {class: "button", href: "/cases"}, "Clear"),
      el("span", {class: "quiet"}, "Keys: / search, j and k through the rows.")));

  async function choose(signal) {
    try {
      const choices = await ask("/api/cases/choices", {signal});
      for (const [name, counts] of [["category", choices.categories], ["rule", choices.rules], ["reason", choices.reasons]]) {
        const select = made.elements[name];
        for (const value of Object.keys(counts)) {
          if (![...select.options].some((option) => option.value === value)) select.append(el("option", {value}, words(value.toLowerCase())));
        }
      }
    } catch {
      // The filters that are given stay; the list tells what is wrong.
    }
  }
  return {form: made, choose};
}

/** A moment as a field of local time shows it. */
function local(time) {
  if (!time) return null;
  const moment = new Date(time);
  if (Number.isNaN(moment.getTime())) return null;
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function content(page, asked) {
  if (!page.cases.length) {
    const filtered = only(asked, [...FILTERS, "behind"]).size > 0;
    return [filtered ? empty("Nothing matches", "No flagged transaction is like this.", el("a", {class: "button", href: "/cases"}, "Clear the filters"))
      : empty("Nothing has been flagged yet", "Cases appear here as transactions are flagged.")];
  }
  return [
    el("div", {class: "table"}, el("table", {class: "stacked"},
      el("thead", {}, el("tr", {}, ["Time", "Amount", "Expected loss", "Merchant", "Where", "Card", "Flagged by", "Probability"].map((name) => el("th", {scope: "col", class: ["Amount", "Expected loss", "Probability"].includes(name) ? "number" : null}, name)))),
      el("tbody", {}, page.cases.map(row)))),
    el("div", {class: "pager"},
      asked.has("behind") ? el("a", {class: "button", href: address(asked, {behind: null})}, "First page") : null,
      page.next ? el("a", {class: "button", href: address(asked, {behind: page.next}), rel: "next"}, "Next page") : el("span", {class: "quiet"}, "These are the last.")),
  ];
}

function row(each) {
  const cell = (label, attributes, ...children) => el("td", {"data-label": label, ...attributes}, el("span", {}, ...children));
  return el("tr", {},
    cell("Time", {class: "nowrap"}, transactionLink(each._id, clock(each.event_time)), " ", el("span", {class: "quiet"}, day(each.event_time))),
    cell("Amount", {class: "number nowrap"}, money(each.amount, each.currency)),
    cell("Expected loss", {class: "number nowrap"}, money(each.expected_loss)),
    cell("Merchant", {}, each.merchant ?? NOT_KNOWN, " ", el("span", {class: "quiet"}, words(each.merchant_category))),
    cell("Where", {}, each.location?.city ?? NOT_KNOWN, " ", el("span", {class: "quiet"}, each.location?.country)),
    cell("Card", {class: "mono nowrap"}, `·${each.card_last4 ?? ""}`),
    cell("Flagged by", {}, reasons(each.rule_hits, each.model_alert, each.fraud_score)),
    cell("Probability", {class: "number"}, percent(each.fraud_probability, 0)));
}
