// Ties the parts together: which counterexample is shown, at which step. The address says both
// ("#2.7"), so that a link leads there.

function legend(id, marks) {
  byId(id).replaceChildren(...marks.map(([name, text]) => html("li", {},
    html("span", { class: "sample " + name, "aria-hidden": "true" }), text)));
}

function drawLegends(trace, log) {
  const hit = trace.spans.some(isHit) ? [["hit", "fails, or meets a fault"]] : [];
  legend("lanes-legend", [["run", "the driver runs"], ["effect", "a disk request takes effect"],
    ...hit, ["pending", "submitted"], ["done", "took effect, not told"],
    ["bang", "breaks a promise"]]);
  if (!log) return;
  if (!isLogFormat(trace)) {
    return legend("log-legend", [["data", "written (A)"], ["flight", "under way (A?)"]]);
  }
  const older = trace.first_log_sector > 1 ? [["superblock", "older log (o)"]] : [];
  legend("log-legend", [["header", "header (A)"], ["data", "its data (a)"],
    ["superblock", "superblock (S)"], ...older, ["flight", "under way (A?)"],
    ["overlap", "overlap"]]);
}

// What the address asks for; else the step that broke something first.
function requested(traces) {
  const [, index = 1, step] = /^#(\d+)(?:\.(\d+))?$/.exec(location.hash) ?? [];
  const chosen = Math.max(0, Math.min(traces.length, Number(index)) - 1);
  return { index: chosen, step: step && Number(step) };
}

function remember(index, step) {
  try {
    history.replaceState(null, "", "#" + (index + 1) + "." + step);
  } catch {
    // Browsers limit how often the address may change; it is a convenience only.
  }
}

function makeViews(trace, go) {
  const log = logOf(trace);
  show(byId("log-card"), log !== null);
  drawLegends(trace, log);
  const views = [makeLanesView(trace, go), makeSteps(trace, go)];
  if (!log) return views;
  views.push(makeLogView(trace, log, go));
  const rows = log.claims.map((claim) => entryRow(trace, claim));
  const name = isLogFormat(trace) ? "The log" : "The log device";
  byId("entries").replaceChildren(...rows);
  show(byId("entries-fold"), rows.length > 0);
  views.push({ resize() {}, show(step) {
    say(byId("log-title"), name + " after step " + step);
    say(byId("reader"), logWords(trace, log, step));
    log.claims.forEach((claim, i) => show(rows[i], claim.step <= step));
  } });
  return views;
}

// The part of the page that shows counterexamples, or the execution of a replay: `open` shows one, at
// the step asked for or where it breaks something first. Until then, nothing of it is seen.
// `told(index)` is called with which.
function makeStage(counterexamples, told = () => {}) {
  let trace, views = [], panel, index = -1;

  const go = (step) => {
    const before = trace.now;
    trace.now = Math.max(1, Math.min(trace.steps.length, step));
    if (trace.now === before) return;
    for (const view of views) view.show(trace.now, before);
    panel(trace.now);
    showInPlayer(trace, trace.now);
    remember(index, trace.now);
  };
  const choose = (chosen, step) => {
    index = chosen;
    trace = traceOf(counterexamples[index]);
    show(byId("counterexample"), true);
    say(byId("counterexample-title"), trace.findings.length > 0 ? "Counterexample" : "Execution");
    show(byId("breaks"), trace.breaks.length > 0);
    markChosen(index);
    told(index);
    showFindings(trace, go);
    drawTicks(trace);
    say(byId("replay"), trace.replay);
    say(byId("copied"), "");
    panel = makePanel(trace);
    views = makeViews(trace, go);
    go(step || trace.breaks[0] || 1);
  };
  const open = (wanted) => {
    if (wanted.index !== index) choose(wanted.index, wanted.step);
    else if (wanted.step) go(wanted.step);
  };

  makePlayer(() => trace, go);
  makeCopyButton();
  const markChosen = makeChooser(counterexamples, choose);
  addEventListener("hashchange", () => open(requested(counterexamples)));
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width || !trace) return;
    width = innerWidth;
    for (const view of views) view.resize();
    for (const view of views) view.show(trace.now, trace.now);
  });
  return { open };
}

function start() {
  const result = JSON.parse(byId("result").textContent);
  makeWorkloads(result.workloads);
  const executions = result.execution ? [result.execution] : result.counterexamples;
  const shown = executions.filter((each) => each.steps.length > 0)
    .map((each) => ({ ...each, threads: result.threads }));
  if (shown.length > 0) makeStage(shown).open(requested(shown));
}
