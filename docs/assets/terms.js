// Definitions on the spot: a term linked to the glossary shows its definition on hover, focus and tap.
// The box stays while the pointer is on it, Escape puts it away (WCAG 1.4.13). Loaded at the first use.

let definitions;
let box;
let current;
let leaving;

async function definitionOf(link) {
  const glossary = new URL(link.href);
  definitions ??= fetch(new URL("../../data/glossary.json", glossary))
    .then((answer) => answer.json())
    .catch((error) => {
      definitions = undefined; // to be asked for again
      throw error;
    });
  return (await definitions)[link.dataset.term];
}

function hide() {
  clearTimeout(leaving);
  current?.removeAttribute("aria-describedby");
  current = undefined;
  if (box) box.hidden = true;
}

// A moment of grace lets the pointer travel from the term to the box.
const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 250);
};

function build() {
  box = Object.assign(document.createElement("div"), { id: "term-definition", role: "tooltip", className: "definition" });
  document.querySelector("main").append(box);
  box.addEventListener("pointerenter", () => clearTimeout(leaving));
  box.addEventListener("pointerleave", leave);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("resize", hide);
}

export async function show(link) {
  clearTimeout(leaving);
  if (link === current) return;
  hide();
  current = link;
  let found;
  try {
    found = await definitionOf(link);
  } catch {
    if (current === link) current = undefined;
    return; // the link still leads to the glossary
  }
  if (current !== link) return;
  if (!found || !link.matches(":hover, :focus")) return hide(); // the reader has gone on meanwhile
  if (!box) build();
  const [term, text] = found;
  box.replaceChildren(Object.assign(document.createElement("strong"), { textContent: term }), ` ${text}`);
  box.hidden = false;
  link.setAttribute("aria-describedby", "term-definition");
  const at = link.getBoundingClientRect();
  const width = Math.min(360, innerWidth - 24);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(12, Math.min(at.left, innerWidth - width - 12)) + scrollX}px`;
  const below = at.bottom + 6;
  const fits = below + box.offsetHeight < innerHeight || at.top < box.offsetHeight + 60;
  box.style.top = `${(fits ? below : at.top - 6 - box.offsetHeight) + scrollY}px`;
  link.addEventListener("pointerleave", leave, { once: true });
  link.addEventListener("blur", hide, { once: true });
}
