// The page of `simcheck compare`: cells of the table lead to their counterexamples.

function startVerdicts() {
  const counterexamples = JSON.parse(byId("result").textContent).counterexamples;
  if (counterexamples.length === 0) return;
  const links = [...document.querySelectorAll("#verdicts a")], title = byId("counterexample-title");
  const mark = (index) => links.forEach((link, i) =>
    i === index ? put(link, "aria-current", "true") : link.removeAttribute("aria-current"));
  const stage = makeStage(counterexamples, mark);
  links.forEach((link, index) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another window
    event.preventDefault();
    stage.open({ index });
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    byId("counterexample").scrollIntoView();
  }));
  if (location.hash) stage.open(requested(counterexamples));
}
