// What a mark in the text stands for, on the spot: the definition of a term, the source of a note. It shows on hover,
// focus and tap (site.js says when), stays while the pointer is on it, and goes with Escape or a tap elsewhere (WCAG
// 1.4.13). Its links are no stops of the keyboard, which has the mark itself: that leads to the entry or the note.
// Loaded at the first use.

let definitions;
let box;
let current;
let hiding;

const element = (name, properties, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

// A term with its definition, its name in the other language, and the way to its entry.
async function definitionOf(link) {
  const glossary = new URL(link.href);
  definitions ??= fetch(new URL("../../data/terms.json", glossary))
    .then((answer) => answer.json())
    .catch((error) => {
      definitions = undefined; // to be asked for again
      throw error;
    });
  const [term, text, other] = (await definitions)[link.hash.slice(1)] ?? [];
  if (!term) return undefined;
  const { entry, otherLanguage } = document.querySelector("main").dataset;
  const name = element("p", {}, element("strong", { textContent: term }));
  if (other !== term) name.append(" — ", element("span", { lang: otherLanguage, textContent: other }));
  const way = element("a", { href: link.href, textContent: entry });
  return [name, element("p", { textContent: text }), element("p", {}, way)];
}

// A note as it stands at the foot of the page, without the ways back; none where the link leads to another page.
function noteOf(link) {
  const note = link.pathname === location.pathname && document.querySelector(`#${CSS.escape(link.hash.slice(1))} > p`);
  if (!note) return undefined;
  const copy = note.cloneNode(true);
  for (const back of copy.querySelectorAll(".returns")) back.remove();
  copy.prepend(`${link.textContent.trim()}. `);
  return [copy];
}

export function hide() {
  clearTimeout(hiding);
  current?.removeAttribute("aria-describedby");
  current = undefined;
  if (box) box.hidden = true;
}

// A moment of grace lets the pointer travel from the mark to the box; beside the text it has further to go.
const hideSoon = () => {
  clearTimeout(hiding);
  hiding = setTimeout(hide, box?.dataset.beside ? 700 : 250);
};

function buildBox() {
  box = element("div", { id: "on-the-spot", role: "tooltip", className: "definition" });
  document.querySelector("main").append(box);
  box.addEventListener("pointerenter", () => clearTimeout(hiding));
  box.addEventListener("pointerleave", hideSoon);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("pointerdown", ({ target }) => !box.contains(target) && !current?.contains(target) && hide());
  addEventListener("resize", hide);
}

// A note stands in the margin, level with its mark, where there is room; all else below the mark, or above it.
function placeBox(link) {
  const at = link.getBoundingClientRect();
  const text = link.closest("p, li, dd, table").getBoundingClientRect();
  const room = document.documentElement.clientWidth - text.right - 36;
  const beside = !link.matches(".term") && room >= 240 && !link.closest(".pair");
  box.dataset.beside = beside ? "1" : "";
  box.style.setProperty("--room", `${room}px`); // how wide it is, the style sheet says
  const left = beside ? text.right + 24 : Math.max(12, Math.min(at.left, innerWidth - box.offsetWidth - 12));
  const below = at.bottom + 6;
  const fits = below + box.offsetHeight < innerHeight || at.top < box.offsetHeight + 60;
  const level = Math.max(60, Math.min(at.top - 8, innerHeight - box.offsetHeight - 12));
  const top = beside ? level : fits ? below : at.top - 6 - box.offsetHeight;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${top + scrollY}px`;
}

export async function show(link) {
  clearTimeout(hiding);
  if (link === current) return;
  hide();
  current = link;
  let found;
  try {
    found = await (link.matches(".term") ? definitionOf(link) : noteOf(link));
  } catch {
    if (current === link) current = undefined;
    return; // the link still leads there
  }
  if (current !== link) return;
  if (!found || !link.matches(":hover, :focus")) return hide(); // the reader has gone on meanwhile
  if (!box) buildBox();
  box.replaceChildren(...found);
  for (const inner of box.querySelectorAll("a")) inner.tabIndex = -1;
  box.hidden = false;
  link.setAttribute("aria-describedby", box.id);
  placeBox(link);
  link.addEventListener("pointerleave", hideSoon, { once: true });
  link.addEventListener("blur", ({ relatedTarget }) => !box.contains(relatedTarget) && hide(), { once: true });
}
