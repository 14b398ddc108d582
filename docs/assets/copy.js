// Copies what a control stands for (the address of a link, an address, the text of an element, else of the one before
// it) and says so beside it, which a screen reader announces. Where that cannot be, the text is selected. Loaded at the
// first use.
export async function copy(control) {
  const shown = control.dataset.copy === "" ? control.previousElementSibling : document.getElementById(control.dataset.copy);
  try {
    await navigator.clipboard.writeText(control.href ?? textOf(shown) ?? control.dataset.copy);
  } catch {
    if (!control.href) getSelection().selectAllChildren(shown ?? control);
    return;
  }
  const said = Object.assign(document.createElement("span"), { className: "copied", role: "status" });
  control.after(said);
  setTimeout(() => (said.textContent = document.querySelector("main").dataset.copied), 100); // a screen reader announces what changes, not what is new
  setTimeout(() => said.remove(), 2500);
}

// The text of an element, each paragraph on a line, an item of a list behind a dash, without the numbers of notes.
function textOf(shown) {
  const text = shown?.cloneNode(true);
  for (const number of text?.querySelectorAll("sup") ?? []) number.remove();
  for (const item of text?.querySelectorAll("ul > li") ?? []) item.prepend("– ");
  return text?.textContent.trim();
}
