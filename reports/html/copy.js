// Copies the replay line, also where the browser keeps the clipboard from pages on the disk.

function copyBySelection(element) {
  const selection = getSelection();
  selection.selectAllChildren(element);
  const copied = document.execCommand("copy");
  selection.removeAllRanges();
  return copied;
}

async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    return copyBySelection(element);
  }
}

function makeCopyButton() {
  byId("copy").addEventListener("click", async () => {
    say(byId("copied"), "");  // so that it is read out each time
    const copied = await copyText(byId("replay"));
    say(byId("copied"), copied ? "copied" : "select the line and copy it yourself");
  });
}
