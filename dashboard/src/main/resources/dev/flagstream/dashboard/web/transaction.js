// All that is known of one transaction.
import {ask, axis, chart, clock, colour, day, el, empty, loading, money, NOT_KNOWN, number, percent, problem, put, reasons, tip, transactionLink, words} from "/files/ui.js";
import {dot, map} from "/files/map.js";

export function show(main, {parts: [id]}) {
  const leave = new AbortController();
  let drawn = null;

  async function load() {
    put(main, el("h1", {}, "Transaction"), el("section", {class: "card"}, loading(10)));
    try {
      const story = await ask(`/api/transactions/${encodeURIComponent(id)}`, {signal: leave.signal});
      drawn = tell(main, story);
    } catch (error) {
      if (error.name === "AbortError") return;
      put(main, el("h1", {}, "Transaction"), el("section", {class: "card"},
        error.status === 404 ? empty("No such transaction", `There is no decision on ${id} in the store. It may not have arrived yet.`, el("button", {type: "button", onclick: load}, "Look again")) : problem(error, load)));
    }
  }
  load();
  return () => {
    leave.abort();
    drawn?.then((made) => made.close(), () => {});
  };
}

function tell(main, story) {
  const {transaction, card, merchant} = story;
  const canvas = el("div", {class: "chart", role: "img", "aria-label": "The card's latest transactions by time and amount; the table below has the same"});
  put(main,
    el("div", {class: "heading"},
      el("div", {}, el("h1", {}, `${money(transaction.amount, transaction.currency)} at ${transaction.merchant ?? "an unknown merchant"}`),
        el("div", {class: "quiet"}, `${day(transaction.event_time)}, ${clock(transaction.event_time)} · `, el("span", {class: "mono"}, transaction._id))),
      el("div", {class: "actions"}, el("span", {class: `pill ${transaction.is_fraud ? "bad" : "good"}`}, transaction.is_fraud ? "flagged" : "cleared"))),
    el("div", {class: "columns"},
      el("section", {class: "card"}, el("h2", {}, "Decision"), decision(story)),
      el("section", {class: "card"}, el("h2", {}, "What moved the model's score"), contributions(transaction))),
    verdictCard(story),
    el("div", {class: "columns"},
      el("section", {class: "card"}, el("h2", {}, "The card's latest transactions"), canvas, cardTable(card, transaction._id)),
      el("section", {class: "card"}, el("h2", {}, "Where the card was"), ...cardMap(card, transaction))),
    el("section", {class: "card"}, el("h2", {}, "Features"), features(story)),
    el("section", {class: "card"}, el("h2", {}, "The merchant's latest flagged transactions"), merchantTable(merchant, transaction)),
    el("section", {class: "card"}, el("details", {}, el("summary", {}, "The record as JSON"),
      el("p", {}, el("a", {href: `/api/transactions/${encodeURIComponent(transaction._id)}/record`}, "Open it alone")),
      el("pre", {tabindex: "0", "aria-label": "The record as JSON"}, JSON.stringify(transaction, null, 2)))));
  return chart(canvas, () => cardOption(card, transaction._id));
}

const SAID = {fraud: "fraud", honest: "honest"};

/** What analysts say; and the buttons to say it where that is allowed. */
function verdictCard({transaction, verdict, analyst}) {
  const said = el("p", {id: "verdict", role: "status"});
  const history = el("div", {});
  const buttons = [["fraud", "It is fraud"], ["honest", "It is honest"], ["none", "Take back"]].map(([name, text]) =>
    el("button", {type: "button", "data-verdict": name, onclick: () => give(name)}, text));

  function tell(now) {
    const by = SAID[now?.verdict];
    put(said, by ? [el("strong", {}, by), `, says ${now.by} (${day(now.at)}, ${clock(now.at)}).`, now.sent ? "" : " It has not reached the labels yet: say it again."] : "No verdict.");
    for (const button of buttons) button.disabled = button.dataset.verdict === (now?.verdict ?? "none") && (now?.sent ?? true);
    const before = (now?.history ?? []).slice(0, -1).reverse();
    put(history, before.length ? el("p", {class: "quiet"}, "Before: ", before.map(({verdict: each, by: who, at}) => `${each === "none" ? "taken back" : each} by ${who} (${clock(at)})`).join(", "), ".") : null);
  }

  async function give(name) {
    for (const button of buttons) button.disabled = true;
    try {
      tell(await ask(`/api/transactions/${encodeURIComponent(transaction._id)}/verdict`, {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({verdict: name})}));
    } catch (error) {
      put(said, el("strong", {}, "This did not work: "), error.message);
      for (const button of buttons) button.disabled = false;
    }
  }

  tell(verdict);
  return el("section", {class: "card", "aria-labelledby": "verdict-heading"},
    el("div", {class: "heading"}, el("h2", {id: "verdict-heading"}, "Verdict"), analyst ? el("div", {class: "actions"}, buttons) : null),
    said, history,
    el("p", {class: "quiet"}, analyst ? `As ${analyst}. It is a label like the bank's own: the merchant's features know of it, the quality of the decisions, and the next training.` : "This dashboard is read-only; started with --verdicts --user NAME, verdicts can be given here."));
}

function facts(pairs) {
  return el("dl", {class: "facts"}, pairs.map(([name, ...value]) => [el("dt", {}, name), el("dd", {}, ...value)]));
}

function decision({transaction, expected_loss: loss}) {
  return facts([
    ["Flagged by", reasons(transaction.rule_hits, transaction.model_alert, transaction.fraud_score)],
    ["Model's score", `${number(transaction.fraud_score)}; alerts from ${number(transaction.fraud_threshold)} on`],
    ["Probability of fraud", percent(transaction.fraud_probability, 1)],
    ["Expected loss", money(loss, transaction.currency)],
    ["Anomaly score", number(transaction.anomaly_score)],
    ["Merchant", transaction.merchant_id ? el("a", {href: `/cases?merchant=${encodeURIComponent(transaction.merchant_id)}`}, transaction.merchant_id) : NOT_KNOWN, ` · ${words(transaction.merchant_category) || NOT_KNOWN} · ${transaction.channel ?? NOT_KNOWN}`],
    ["Where", `${transaction.location?.city ?? NOT_KNOWN}, ${transaction.location?.country ?? NOT_KNOWN}; at home in ${transaction.home_city ?? NOT_KNOWN}`],
    ["Card", el("a", {class: "mono", href: `/cases?text=${encodeURIComponent(transaction.card_token ?? "")}`}, `·${transaction.card_last4 ?? ""}`), ` of customer ${transaction.customer_id ?? NOT_KNOWN}`],
    ["Rules", el("span", {class: "mono"}, transaction.rule_set)],
    ["Models", el("span", {class: "mono"}, [transaction.model, transaction.anomaly_model].filter(Boolean).join(", ") || NOT_KNOWN)],
  ]);
}

/** Bars to the right move towards fraud, bars to the left away from it. */
function contributions(transaction) {
  const all = transaction.reasons ?? [];
  if (!all.length) return empty("No reasons", "The model has not scored this transaction.");
  const widest = Math.max(...all.map(({contribution}) => Math.abs(contribution)));
  const anyLess = all.some(({contribution}) => contribution < 0);
  const middle = anyLess ? 50 : 0;
  const span = anyLess ? 50 : 100;
  return el("div", {},
    el("div", {class: "bars"}, all.map(({feature, value, contribution}) => {
      const width = widest ? span * Math.abs(contribution) / widest : 0;
      const bar = el("i", {class: contribution < 0 ? "less" : null});
      bar.style.left = `${contribution < 0 ? middle - width : middle}%`;
      bar.style.width = `${width}%`;
      return [el("span", {}, words(feature)), el("span", {class: "number quiet"}, number(value)), el("div", {class: "bar", "aria-hidden": "true"}, bar), el("span", {class: "number"}, `${contribution < 0 ? "−" : "+"}${Math.abs(contribution).toFixed(3)}`)];
    })),
    el("p", {class: "quiet"}, "The five features that moved the score most, their values, and by how much: + towards fraud, − away from it."));
}

function cardTable(card, id) {
  return el("details", {}, el("summary", {}, card.length === 1 ? "As a table" : `All ${card.length} as a table`),
    el("div", {class: "table scroll", tabindex: "0", role: "region", "aria-label": "The card's transactions"}, el("table", {},
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Time"), el("th", {scope: "col", class: "number"}, "Amount"), el("th", {scope: "col"}, "Merchant"), el("th", {scope: "col"}, "Where"), el("th", {scope: "col"}, "Verdict"))),
      el("tbody", {}, card.map((each) => el("tr", {class: each._id === id ? "this" : null},
        el("td", {class: "nowrap"}, each._id === id ? `${day(each.event_time)}, ${clock(each.event_time)}` : transactionLink(each._id, `${day(each.event_time)}, ${clock(each.event_time)}`)),
        el("td", {class: "number nowrap"}, money(each.amount, each.currency)),
        el("td", {}, each.merchant ?? NOT_KNOWN), el("td", {}, each.location?.city ?? NOT_KNOWN),
        el("td", {}, each.is_fraud ? el("span", {class: "chip model"}, "flagged") : el("span", {class: "quiet"}, "cleared"))))))));
}

function cardOption(card, id) {
  const points = (wanted) => card.filter(wanted).map((each) => ({value: [each.event_time, Number(each.amount)], each}));
  const series = (name, wanted, tone, size) => ({name, type: "scatter", symbolSize: size, data: points(wanted), itemStyle: {color: colour(tone), opacity: .85}});
  return {
    grid: {left: 8, right: 16, top: 34, bottom: 4, containLabel: true},
    legend: {top: 0, left: 0, textStyle: {color: colour("faint")}, itemHeight: 10},
    tooltip: tip({formatter: ({data: {each}}) => `${money(each.amount, each.currency)}\n${each.merchant ?? ""}\n${day(each.event_time)}, ${clock(each.event_time)}`}),
    xAxis: axis({type: "time", splitLine: {show: false}}),
    yAxis: axis({type: "value"}),
    series: [
      series("cleared", (each) => !each.is_fraud && each._id !== id, "accent", 9),
      series("flagged", (each) => each.is_fraud && each._id !== id, "dot", 11),
      {...series("this one", (each) => each._id === id, "dot", 18), symbol: "diamond"},
    ],
  };
}

function cardMap(card, transaction) {
  const world = map("Where the card's latest transactions were made");
  const places = card.filter(({location}) => location && location.lat !== null && location.lon !== null);
  world.dots.append(...places.filter(({_id}) => _id !== transaction._id).reverse().map((each) => dot(each.location, `${money(each.amount, each.currency)} in ${each.location.city}`, each.is_fraud ? "" : "home")));
  if (transaction.location?.lat !== null && transaction.location?.lat !== undefined) world.dots.append(dot(transaction.location, "this one", "this", 3));
  const named = [...new Set(places.map(({location}) => location.city))];
  return [world.picture, el("p", {class: "legend"}, el("span", {}, el("i", {}), "flagged; this one outlined"), el("span", {}, el("i", {class: "home"}), "cleared")), el("p", {class: "quiet"}, `In ${named.slice(0, 8).join(", ")}${named.length > 8 ? " and elsewhere" : ""}.`)];
}

function features({transaction, cardRanges, populationRanges, populationSize}) {
  const values = Object.entries(transaction.features ?? {});
  if (!values.length) return empty("No features", "This decision was stored without them.");
  const moved = new Set((transaction.reasons ?? []).map(({feature}) => feature));
  return el("div", {},
    el("p", {class: "legend"}, el("span", {}, el("i", {class: "band"}), "this card's middle 80 %"), el("span", {}, el("i", {class: "band-wide"}), `the same of the latest ${populationSize.toLocaleString("en")} decisions`), el("span", {}, el("i", {}), "this transaction")),
    el("div", {class: "table"}, el("table", {},
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Feature"), el("th", {scope: "col", class: "number"}, "Value"), el("th", {scope: "col", class: "number"}, "This card"), el("th", {scope: "col", class: "number"}, "Everyone"), el("th", {scope: "col"}, "Beside each other"))),
      el("tbody", {}, values.map(([name, value]) => el("tr", {},
        el("td", {}, words(name), moved.has(name) ? [" ", el("span", {class: "chip model"}, "reason")] : null),
        el("td", {class: "number"}, number(value)),
        el("td", {class: "number quiet"}, range(cardRanges[name])),
        el("td", {class: "number quiet"}, range(populationRanges[name])),
        el("td", {}, strip(value, cardRanges[name], populationRanges[name]))))))));
}

function range(of) {
  return of ? `${number(of.low)} to ${number(of.high)}` : NOT_KNOWN;
}

function strip(value, ofCard, ofAll) {
  const ends = [value, ofCard?.low, ofCard?.high, ofAll?.low, ofAll?.high].filter((each) => each !== null && each !== undefined);
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low;
  if (!ends.length || span === 0) return el("div", {class: "strip", "aria-hidden": "true"});
  const at = (each) => 2 + 96 * (each - low) / span;
  const band = (of, kind) => {
    if (!of) return null;
    const made = el("i", {class: kind});
    made.style.left = `${at(of.low)}%`;
    made.style.width = `${Math.max(1, at(of.high) - at(of.low))}%`;
    return made;
  };
  let mark = null;
  if (value !== null && value !== undefined) {
    mark = el("b", {});
    mark.style.left = `${at(value)}%`;
  }
  return el("div", {class: "strip", "aria-hidden": "true"}, band(ofAll, "band-wide"), band(ofCard, "band"), mark);
}

function merchantTable(merchant, transaction) {
  const others = merchant.filter(({_id}) => _id !== transaction._id);
  if (!others.length) return empty("No others", "No other transaction at this merchant has been flagged.");
  return el("div", {class: "table"}, el("table", {},
    el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Time"), el("th", {scope: "col", class: "number"}, "Amount"), el("th", {scope: "col"}, "Card"), el("th", {scope: "col", class: "number"}, "Score"))),
    el("tbody", {}, others.map((each) => el("tr", {}, el("td", {}, transactionLink(each._id, `${day(each.event_time)}, ${clock(each.event_time)}`)), el("td", {class: "number"}, money(each.amount, each.currency)), el("td", {class: "mono"}, `·${each.card_last4 ?? ""}`), el("td", {class: "number"}, number(each.fraud_score)))))));
}
