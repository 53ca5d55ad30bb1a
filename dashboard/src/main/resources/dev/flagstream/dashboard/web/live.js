// What is going on now, as the server tells it once a second.
import {axis, chart, clock, colour, count, duration, el, empty, loading, money, NOT_KNOWN, number, percent, put, reasons, tip, transactionLink, words} from "/files/ui.js";
import {dot, map} from "/files/map.js";

const ROWS = 40;
const DOTS = 120;
const WINDOWS = 18;
const WINDOW_MS = 10_000;

export function show(main) {
  const state = el("span", {class: "pill", role: "status"}, "connecting");
  const banner = el("div", {class: "banner", role: "alert"});
  const figures = Object.fromEntries(["decisions", "flagged", "share", "delay", "all"].map((name) => [name, {value: el("dd", {}, NOT_KNOWN), note: el("dd", {class: "quiet note"}, " ")}]));
  const figure = (name, title) => el("div", {class: "card figure"}, el("dt", {}, title), figures[name].value, figures[name].note);
  const pause = el("button", {type: "button", "aria-pressed": "false"}, "Pause");
  const sampled = el("span", {class: "quiet"});
  const rows = el("tbody", {});
  const table = el("div", {class: "table"}, el("table", {class: "stacked"},
    el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Time"), el("th", {scope: "col", class: "number"}, "Amount"), el("th", {scope: "col"}, "Merchant"),
      el("th", {scope: "col"}, "Where"), el("th", {scope: "col"}, "Card"), el("th", {scope: "col"}, "Flagged by"), el("th", {scope: "col", class: "number"}, "Probability"))), rows));
  const stream = el("div", {}, loading(8));
  const world = map("Where the latest flagged transactions were made");
  const canvas = el("div", {class: "chart", role: "img", "aria-label": "Flagged transactions in each of the last 10-second windows"});
  const windowsText = el("p", {class: "quiet"}, "Waiting for the first window.");
  let windows = [];
  let drawn = null;
  let paused = false;

  put(main,
    el("div", {class: "heading"}, el("h1", {}, "Live"), el("div", {class: "actions"}, state)),
    banner,
    el("dl", {class: "figures"}, figure("decisions", "Decisions"), figure("flagged", "Flagged"), figure("share", "Flagged share"), figure("delay", "Delay, median"), figure("all", "In the store")),
    el("div", {class: "columns"},
      el("section", {class: "card", "aria-labelledby": "windows"}, el("h2", {id: "windows"}, "Flagged in 10 seconds"), canvas, windowsText),
      el("section", {class: "card", "aria-labelledby": "places"}, el("h2", {id: "places"}, "Where"), world.picture,
        el("p", {class: "quiet"}, `The latest ${DOTS} at most; darker where there were many.`))),
    el("section", {class: "card", "aria-labelledby": "stream"},
      el("div", {class: "heading"}, el("h2", {id: "stream"}, "Flagged transactions"), el("div", {class: "actions"}, sampled, pause)), stream));

  chart(canvas, () => windowsOption(windows)).then((made) => {
    drawn = made;
    drawn.draw();
  }, (error) => put(canvas, empty("No chart", error.message)));

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    pause.setAttribute("aria-pressed", String(paused));
  });

  function say(kind, text) {
    if (state.textContent === text) return;
    state.className = `pill ${kind}`;
    state.textContent = text;
  }

  function showState(now) {
    const troubles = [now.store, now.sql ? `No flagged transactions come from the SQL server: ${now.sql}` : null].filter(Boolean);
    banner.textContent = troubles.join(" ");
    say(troubles.length ? "warn" : "good", troubles.length ? "partly connected" : "live");
    if (now.store) return;
    put(figures.decisions.value, rate(now.decisionsPerSecond));
    put(figures.decisions.note, "per second, over 10 s");
    put(figures.flagged.value, rate(now.flaggedPerSecond));
    put(figures.flagged.note, "per second, over 10 s");
    const share = now.decisionsPerSecond > 0 && now.flaggedPerSecond !== null ? now.flaggedPerSecond / now.decisionsPerSecond : null;
    put(figures.share.value, percent(share));
    put(figures.share.note, now.decisions > 0 ? `${percent(now.flagged / now.decisions)} of all` : " ");
    put(figures.delay.value, duration(now.delays?.p50));
    put(figures.delay.note, now.delays ? `95 %: ${duration(now.delays.p95)} · 99 %: ${duration(now.delays.p99)}` : "from the payment to this page");
    put(figures.all.value, count(now.decisions));
    put(figures.all.note, `${count(now.flagged)} of them flagged`);
    if (JSON.stringify(now.windows) !== JSON.stringify(windows)) {
      windows = now.windows;
      drawn?.draw();
      const last = windows.at(-1);
      windowsText.textContent = last ? `Since ${clock(last.start)}: ${count(last.transactions)} flagged, ${money(last.sum)} in all.` : "Nothing has been flagged yet.";
    }
  }

  function showFlagged({transactions, of}) {
    if (paused) return;
    sampled.textContent = of > transactions.length ? `the latest ${transactions.length} of ${of} in this second` : "";
    if (!transactions.length) {
      if (!rows.children.length) put(stream, empty("Nothing has been flagged yet", "Rows appear here as transactions are flagged."));
      return;
    }
    if (!table.isConnected) put(stream, table);
    const ids = new Set(transactions.map(({id}) => id));
    for (const row of [...rows.children]) if (ids.has(row.dataset.id)) row.remove();
    rows.prepend(...transactions.map(row).reverse());
    while (rows.children.length > ROWS) rows.lastChild.remove();
    world.dots.append(...transactions.filter(({lat, lon}) => lat !== null && lon !== null).map((each) => dot(each, `${money(each.amount, each.currency)} in ${each.city ?? "an unknown city"}`)));
    while (world.dots.children.length > DOTS) world.dots.firstChild.remove();
  }

  const source = new EventSource("/api/live");
  source.addEventListener("state", (event) => showState(JSON.parse(event.data)));
  source.addEventListener("flagged", (event) => showFlagged(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    say("bad", "reconnecting");
    banner.textContent = "The dashboard's server does not answer. What is shown is from before; the page tries again every second.";
    // A browser gives up where the server answers with an error.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
  });
  return () => {
    source.close();
    drawn?.close();
  };
}

function rate(perSecond) {
  return perSecond === null || perSecond === undefined ? NOT_KNOWN : perSecond >= 100 ? count(Math.round(perSecond)) : number(perSecond, 2);
}

function row(each) {
  const cell = (label, attributes, ...children) => el("td", {"data-label": label, ...attributes}, el("span", {}, ...children));
  return el("tr", {"data-id": each.id},
    cell("Time", {class: "nowrap"}, transactionLink(each.id, clock(each.time))),
    cell("Amount", {class: "number nowrap"}, money(each.amount, each.currency)),
    cell("Merchant", {}, each.merchant ?? NOT_KNOWN, " ", el("span", {class: "quiet"}, words(each.category))),
    cell("Where", {}, each.city ?? NOT_KNOWN, " ", el("span", {class: "quiet"}, each.country)),
    cell("Card", {class: "mono nowrap"}, `·${each.last4 ?? ""}`),
    cell("Flagged by", {}, reasons(each.rules, each.model, each.score)),
    cell("Probability", {class: "number"}, percent(each.probability, 0)));
}

/** With those in which nothing was flagged, up to the newest. */
function gapless(windows) {
  if (!windows.length) return [];
  const known = new Map(windows.map((window) => [window.start, window]));
  const last = windows.at(-1).start;
  const first = Math.max(windows[0].start, last - (WINDOWS - 1) * WINDOW_MS);
  return Array.from({length: (last - first) / WINDOW_MS + 1}, (_, i) => first + i * WINDOW_MS).map((start) => known.get(start) ?? {start, transactions: 0, sum: "0.00"});
}

function windowsOption(known) {
  const windows = gapless(known);
  return {
    grid: {left: 8, right: 8, top: 16, bottom: 4, containLabel: true},
    tooltip: tip({trigger: "axis", formatter: ([bar]) => {
      const window = windows[bar.dataIndex];
      return `${clock(window.start)}\n${count(window.transactions)} flagged\n${money(window.sum)} in all`;
    }}),
    xAxis: axis({type: "category", data: windows.map(({start}) => clock(start)), splitLine: {show: false}}),
    yAxis: axis({type: "value", minInterval: 1}),
    series: [{type: "bar", data: windows.map(({transactions}) => transactions), itemStyle: {color: colour("accent"), borderRadius: [3, 3, 0, 0]}, barMaxWidth: 36}],
  };
}
