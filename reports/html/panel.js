// What stands beside the pictures: the step in words, the driver's state, what each request does.

// A lane's name in its colour.
function badge(trace, lane) {
  return html("span", { class: "badge " + colour(lane) }, laneName(trace.lanes[lane]));
}

function laneHead(trace, lane) {
  return html("span", { class: "head" }, badge(trace, lane),
    html("span", { class: "title" }, printable(trace.lanes[lane].title)));
}

function brokenNotes(trace, step) {
  return (trace.broken.get(step) ?? []).map((finding) => html("div", { class: "breaks" },
    html("b", {}, (finding.step === null ? "broken in the end: " : "breaks ") +
      printable(finding.property)),
    html("p", {}, finding.reason)));
}

// One of the two steps that would pass in the other order.
function raceNote(trace, step) {
  const pair = trace.race_pair ?? [];
  if (!pair.includes(step)) return [];
  const other = pair[0] === step ? pair[1] : pair[0];
  return [html("p", { class: "race-note" }, "race pair: with step " + other +
    " in the other order, this passes")];
}

// Known only for drivers that say where they are.
function sourceNote(step) {
  if (!step.source) return [];
  return [html("p", { class: "source" }, html("code", {}, printable(step.source)))];
}

function stepPanel(trace, step) {
  const list = phrases(trace, step).map((text) => html("li", {}, text));
  return [
    html("p", { class: "who" }, badge(trace, step.lane),
      html("span", {}, printable(trace.lanes[step.lane].title)),
      html("span", { class: "kind" }, kKinds[step.kind])),
    html("ul", { class: "phrases" }, ...list), ...sourceNote(step),
    ...raceNote(trace, step.step), ...brokenNotes(trace, step.step)];
}

// A table of two columns whose rows stay: makes it, and gives the function that fills it in.
function pairsTable(body, names) {
  const rows = names.map((name) => html("tr", {}, html("th", { scope: "row" }, name),
    html("td", {})));
  body.replaceChildren(...rows);
  return (index, text, mark) => {
    say(rows[index].lastChild, text);
    put(rows[index], "class", mark);
  };
}

// The values that an object takes in a step: "1 -> 2" if it changes, else the last.
function valueAt(object, step) {
  const path = valuesIn(step).get(printable(object.name));
  if (path) return { text: path.join(" \u2192 "), changed: true };
  return { text: printable(latest(object.values, step.step).value), changed: false };
}

function makePanel(trace) {
  const state = pairsTable(byId("state"), trace.objects.map((object) => printable(object.name)));
  const heads = trace.lanes.map((_, lane) => laneHead(trace, lane));
  const requests = pairsTable(byId("requests"), heads);
  show(byId("state-card"), trace.objects.length > 0);
  return (number) => {
    const step = trace.steps[number - 1];
    say(byId("step-title"), "Step " + number);
    byId("step").replaceChildren(...stepPanel(trace, step));
    trace.objects.forEach((object, i) => {
      const { text, changed } = valueAt(object, step);
      state(i, text, changed ? "changed" : "");
    });
    trace.activities.forEach((activity, lane) => {
      const { text, done, failed, stuck } = latest(activity, number);
      const ended = stuck || failed ? "stuck" : done ? "finished" : "";
      requests(lane, text, ended || (step.lane === lane ? "runs" : ""));
    });
  };
}
