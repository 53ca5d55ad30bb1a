// How good the latest decisions were, as far as labels tell.
import {ask, axis, chart, clock, colour, count, day, el, empty, loading, NOT_KNOWN, percent, problem, put, tip, words} from "/files/ui.js";

const AGAIN_MS = 10_000;
const MUCH = 0.25;
const SOME = 0.1;
const SPANS = {latest: "Latest", hour: "Hour", day: "Day", all: "All"};

export function show(main) {
  const leave = new AbortController();
  const span = new URLSearchParams(location.search).get("drift") || "latest";
  let again;
  let parts = null;

  async function load() {
    try {
      const report = await ask(`/api/quality?drift=${encodeURIComponent(span)}`, {signal: leave.signal});
      parts ??= begin(main, span);
      parts.show(report);
      again = setTimeout(load, report.labels === 0 ? 2000 : AGAIN_MS);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (parts) {
        parts.say(error.message);
        again = setTimeout(load, AGAIN_MS);
      } else put(main, el("h1", {}, "Quality"), el("section", {class: "card"}, problem(error, load)));
    }
  }
  put(main, el("h1", {}, "Quality"), el("section", {class: "card"}, loading(8)));
  load();
  return () => {
    leave.abort();
    clearTimeout(again);
    parts?.close();
  };
}

function begin(main, span) {
  const banner = el("div", {class: "banner", role: "alert"});
  const basis = el("p", {class: "quiet"});
  const figures = el("dl", {class: "figures"});
  const scores = el("div", {class: "chart", role: "img", "aria-label": "How many decisions have which score, by whether they are reported as frauds"});
  const alerts = el("div", {});
  const drift = el("div", {});
  const rejections = el("div", {});
  let latest = null;
  let drawn = null;
  put(main,
    el("div", {class: "heading"}, el("h1", {}, "Quality")),
    banner, basis, figures,
    el("div", {class: "columns"},
      el("section", {class: "card"}, el("h2", {}, "Scores"), scores, el("p", {class: "quiet"}, "Decisions by score, in twentieths; each step up is ten times as many.")),
      el("section", {class: "card"}, el("h2", {}, "Alerts by hour and model"), alerts, el("p", {class: "quiet"}, "The last day, by event time. Recall is of all frauds that are reported of the hour, whichever model was asked."))),
    el("div", {class: "columns"},
      el("section", {class: "card"}, el("div", {class: "heading"}, el("h2", {}, "Drift of the features"), spans(span)), drift),
      el("section", {class: "card"}, el("h2", {}, "Rejected records"), rejections)));
  const made = chart(scores, () => scoresOption(latest?.scores));
  made.then((chartMade) => {
    drawn = chartMade;
    drawn.draw();
  }, (error) => put(scores, empty("No chart", error.message)));
  return {
    say(text) {
      banner.textContent = text;
    },
    show(report) {
      latest = report;
      banner.textContent = report.trouble ? `Labels do not come from the SQL server: ${report.trouble}` : "";
      basis.textContent = report.decisions
        ? `Of the latest ${count(report.decisions)} decisions (${day(report.from)}, ${clock(report.from)} to ${clock(report.to)}) and ${count(report.labels)} reported frauds. What is not reported is taken for honest, so precision grows as reports come.`
        : "No decision has been stored yet.";
      const {caught, falseAlarms, missed, precision, recall} = report.judgement;
      const figure = (title, value, note) => el("div", {class: "card figure"}, el("dt", {}, title), el("dd", {}, value), el("dd", {class: "quiet note"}, note));
      put(figures,
        figure("Alert rate", percent((caught + falseAlarms) / report.decisions), `${count(caught + falseAlarms)} of ${count(report.decisions)} decisions`),
        figure("Precision", percent(precision, 1), `${count(caught)} of ${count(caught + falseAlarms)} flagged`),
        figure("Recall", percent(recall, 1), `${count(caught)} of ${count(caught + missed)} frauds`),
        figure("Average precision", report.averagePrecision === null ? NOT_KNOWN : report.averagePrecision.toFixed(3), "of the score, over all thresholds"),
        figure("Missed", count(missed), "reported, and cleared"));
      put(alerts, alertsTable(report.alerts));
      put(drift, driftTable(report.drift, span));
      put(rejections, rejectionsTable(report.rejections));
      drawn?.draw();
    },
    close() {
      made.then((chartMade) => chartMade.close(), () => {});
    },
  };
}

function table(label, columns, rows) {
  return el("div", {class: "table scroll", tabindex: "0", role: "region", "aria-label": label}, el("table", {},
    el("thead", {}, el("tr", {}, columns.map(([name, numeric]) => el("th", {scope: "col", class: numeric ? "number" : null}, name)))),
    el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, i) => el("td", {class: columns[i][1] ? "number" : null}, cell)))))));
}

function alertsTable(alerts) {
  if (!alerts.length) return empty("Nothing yet", "Nothing has been flagged.");
  return table("Alerts by hour and model", [["Hour", false], ["Model", false], ["Flagged", true], ["Precision", true], ["Recall", true]],
    alerts.map(({hour, model, flagged, caught, caughtInHour, fraudsInHour}) => [el("span", {class: "nowrap"}, `${day(hour).replace(/ \d+$/, "")}, ${clock(hour).slice(0, 5)}`), el("span", {class: "mono"}, model), count(flagged), percent(caught / flagged, 0), fraudsInHour ? percent(caughtInHour / fraudsInHour, 0) : NOT_KNOWN]));
}

function spans(chosen) {
  return el("div", {class: "switch", role: "group", "aria-label": "Decisions whose drift is shown"},
    Object.entries(SPANS).map(([name, text]) => el("a", {href: name === "latest" ? "/quality" : `/quality?drift=${name}`, "aria-current": name === chosen ? "true" : null}, text)));
}

function driftTable({model, before, why, decisions, from, to, features}, span) {
  if (!features.length) return empty("Nothing to compare", "There are no decisions with features.");
  const verdict = (index) => index >= MUCH ? el("span", {class: "pill bad"}, "much") : index >= SOME ? el("span", {class: "pill warn"}, "some") : el("span", {class: "pill good"}, "little");
  const reference = model
    ? ["the ", count(before), " rows that ", el("span", {class: "mono"}, model), " was trained on."]
    : [`the first ${count(before)} in the store, since ${why}.`];
  return el("div", {}, el("p", {class: "quiet"}, `Population stability index of ${span === "latest" ? `the last ${count(decisions)} decisions` : `${count(decisions)} decisions, a sample where there are more than 5,000`} (${day(from)}, ${clock(from)} to ${day(to) === day(from) ? "" : `${day(to)}, `}${clock(to)}) against `, ...reference,
      " Features that look back grow while cards have no past."),
    table("Drift of the features", [["Feature", false], ["Index", true], ["Moved", false]], features.map(({feature, index}) => [words(feature), index.toFixed(3), verdict(index)])));
}

function rejectionsTable(rejections) {
  const reasons = Object.entries(rejections).sort(([, a], [, b]) => b - a);
  if (!reasons.length) return empty("None", "Every record that came could be scored.");
  return table("Rejected records by reason", [["Reason", false], ["Records", true]], reasons.map(([reason, records]) => [el("span", {class: "mono"}, reason), count(records)]));
}

function scoresOption(scores) {
  const others = scores?.others ?? [];
  const frauds = scores?.frauds ?? [];
  const bars = (name, counts, tone) => ({name, type: "bar", data: counts.map((each) => each || null), itemStyle: {color: colour(tone)}, barGap: "0%"});
  return {
    grid: {left: 8, right: 8, top: 34, bottom: 4, containLabel: true},
    legend: {top: 0, left: 0, textStyle: {color: colour("faint")}, itemHeight: 10},
    tooltip: tip({trigger: "axis"}),
    xAxis: axis({type: "category", data: others.map((_, i) => (i / others.length).toFixed(2)), splitLine: {show: false}}),
    yAxis: axis({type: "log", logBase: 10, min: 0.5, axisLabel: {color: colour("faint"), formatter: (value) => value < 1 ? "" : count(value)}}),
    series: [bars("not reported", others, "accent"), bars("reported as fraud", frauds, "dot")],
  };
}
