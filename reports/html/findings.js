// What the counterexample breaks, with the way to the step that broke it; and the race pair.

function jump(step, text, go) {
  const button = html("button", { type: "button", class: "jump", "data-step": step }, text);
  button.addEventListener("click", () => go(step));
  return button;
}

function findingItem(trace, finding, go) {
  const where = finding.step === null ? jump(trace.steps.length, "in the end", go)
    : jump(finding.step, "step " + finding.step, go);
  return html("li", {},
    html("p", { class: "broken" }, html("b", {}, printable(finding.property)), where),
    html("p", { class: "reason" }, finding.reason));
}

function subjectOf(trace) {
  const requests = trace.lanes.filter((lane) => lane.title !== "").length;
  const who = requests > 0 ? counted(requests, "request") : counted(trace.lanes.length, "fiber");
  return [...trace.driver ? [html("b", {}, printable(trace.driver))] : [],
    html("code", {}, printable(trace.workload)), html("span", {}, who + " in " +
    counted(trace.steps.length, "step") + (trace.deadlock ? ", ending in a deadlock" : "") +
    (trace.fault_plan ? ", with " + printable(trace.fault_plan) : "")),
  html("span", {}, shrunkWords(trace.shrunk))];
}

// What shrinking removed; nothing if that was nothing.
function shrunkWords(shrunk) {
  if (!shrunk) return "";
  const nouns = [["requests", "request"], ["faults", "fault"], ["steps", "step"],
    ["switches", "context switch"]];
  const had = nouns.filter(([field]) => shrunk.before[field] > shrunk.after[field])
    .map(([field, noun]) => counted(shrunk.before[field], noun));
  if (had.length === 0) return "";
  return "Made smaller: it had " + listed(had) + " (" + counted(shrunk.candidates, "execution") +
    " tried" + (shrunk.limit_reached ? ", the limit of --shrink-limit" : "") + ")";
}

function showFindings(trace, go) {
  byId("subject").replaceChildren(...subjectOf(trace));
  byId("findings").replaceChildren(...trace.findings.map((f) => findingItem(trace, f, go)));
  const pair = trace.race_pair;
  show(byId("race"), Boolean(pair));
  if (!pair) return;
  byId("race").replaceChildren("Race pair: ", jump(pair[0], "step " + pair[0], go), " and ",
    jump(pair[1], "step " + pair[1], go), "; in the other order, the promise is kept.");
}

// The chooser among several counterexamples.
function choiceText(counterexample, index, total) {
  const driver = counterexample.driver ? printable(counterexample.driver) + ", " : "";
  return (index + 1) + " of " + total + ": " + driver + printable(counterexample.workload) + " \u2013 " +
    counterexample.findings.map((finding) => printable(finding.property)).join(", ");
}

function makeChooser(counterexamples, choose) {
  const choice = byId("choice"), total = counterexamples.length;
  show(byId("chooser"), total > 1);
  choice.replaceChildren(...counterexamples.map((counterexample, i) =>
    html("option", { value: i }, choiceText(counterexample, i, total))));
  choice.addEventListener("change", () => choose(Number(choice.value)));
  for (const [id, by] of [["earlier", -1], ["later", 1]]) {
    byId(id).addEventListener("click", () => choose((Number(choice.value) + by + total) % total));
  }
  return (index) => { choice.value = index; };
}
