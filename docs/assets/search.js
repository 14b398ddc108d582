// The search dialog (partials/search.html has it, with its words): Pagefind's index of the page's language, loaded when
// the dialog first opens.

const lang = document.documentElement.lang;
const root = new URL("../", import.meta.url);
const MOST = 12; // results shown
// The index is made from text folded in the same way (scripts/web/search_index.py).
export const fold = (text) =>
  text.replaceAll("’", "'").replaceAll("œ", "oe").replaceAll("Œ", "Oe").replaceAll("æ", "ae").replace(/[\u202f\u00a0]/g, " ");

// The text of the index as it is printed: of the words with oe, those in oeu- and oeil have œ.
const unfold = (text) => text.replaceAll("'", "’").replace(/oe(?=u|il)/g, "œ").replace(/Oe(?=u|il)/g, "Œ");

// Small words, of which a question is full (how much does it cost) and which pages have all: not asked for.
const SMALL = new Set(
  {
    en: "a an and are at by can do does for from how i if in is it its me much my of on one or our that the there this to we what when where which who why with you",
    fr: "a à au aux avec ça ce ces cela combien comment d dans de des du elle en est et faire faut il ils j je l la le les leur mais n ne nous on ou où par pas pour puis que quel quelle quelles quels qui s sa se ses son sont sur un une vous y",
  }[lang].split(" "),
);
const withoutSmall = (query) => {
  const words = query.split(/\s+/);
  const others = words.filter((word) => !SMALL.has(word.toLowerCase().replace(/[?!.,;:]+$/, "")));
  return (others.some((word) => /\p{L}|\p{N}/u.test(word)) ? others : words).join(" ");
};

// A query as the index is asked. Pagefind stems words and completes them, but looks for l'évaluation as it stands, and
// takes these plurals for words of their own: without its elision, and in the singular, a word finds all its forms.
export const asked = (query) =>
  withoutSmall(fold(query))
    .replace(/\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\S)/gi, "")
    .replace(/(lieu|jeu)x\b/gi, "$1")
    .replace(/([ée]lu)s\b/gi, "$1")
    .replace(/\b(metropolis)es\b/gi, "$1");

let pagefind;
let dialog;
let turns = 0;
let latest; // the search under way, or the last one
let hint; // what the dialog says before anything is typed

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

// Pagefind marks hits with <mark>; the rest of an excerpt is text. Its entities are resolved by the parser,
// in a document that runs nothing, and only text and marks are taken over.
function excerpt(html) {
  const line = element("span", { className: "excerpt" });
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const text = unfold(node.textContent);
    line.append(node.nodeName === "MARK" ? element("mark", { textContent: text }) : text);
  }
  return line;
}

// How much of the query a section holds: a word of its heading counts as ten of its text.
function weight({ anchor, locations, title }) {
  const heading = anchor.location + title.trim().split(/\s+/).length;
  return locations.reduce((sum, place) => sum + (place < heading ? 10 : 1), 0);
}

function result(page) {
  const target = (url) => new URL(url.replace(/^\//, ""), root).href;
  const name = element("strong", { textContent: unfold(page.meta.title) });
  const sections = page.sub_results
    .filter((section) => section.url.includes("#"))
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, 3);
  // A page shows an excerpt of its own only where no section shows one.
  if (!sections.length) return element("li", {}, element("a", { href: target(page.url) }, name, excerpt(page.excerpt)));
  const list = element("ol");
  for (const section of sections) {
    const title = element("strong", { textContent: unfold(section.title) });
    list.append(element("li", {}, element("a", { href: target(section.url) }, title, excerpt(section.excerpt))));
  }
  return element("li", {}, element("a", { href: target(page.url) }, name), list);
}

// The choices that narrow a search, each option with the number of results it would leave.
function showFilters(filters, totals) {
  for (const select of filters) {
    const counts = totals[select.name] ?? {};
    const options = Object.entries(counts).filter(([value, count]) => count > 0 || value === select.value);
    const chosen = select.value;
    select.replaceChildren(
      new Option(select.dataset.all, ""),
      ...options.map(([value, count]) => new Option(`${unfold(value)} (${count})`, value)),
    );
    select.value = chosen;
    select.parentElement.hidden = options.length === 0;
  }
}

// How many pages were found, in words.
function summary({ none, one, some, first }, count, query) {
  if (!count) return none.replace("{query}", () => query);
  return (count === 1 ? one : some.replace("{count}", count)) + (count > MOST ? first.replace("{most}", MOST) : "");
}

async function search(query, filters, said, list) {
  const turn = ++turns;
  if (!query.trim()) {
    list.replaceChildren();
    said.textContent = hint;
    showFilters(filters, {});
    return;
  }
  try {
    pagefind ??= await import(new URL("pagefind/pagefind.js", root).href);
    await pagefind.options({ baseUrl: "/", excerptLength: 24, highlightParam: null });
    await pagefind.filters(); // so that results come with their counts
    if (turn !== turns) return; // while it was loaded, more was typed: to ask now would put aside what is asked there
    const chosen = Object.fromEntries(filters.filter((f) => f.value).map((f) => [f.name, f.value]));
    const found = await pagefind.debouncedSearch(asked(query.slice(0, 200)), { filters: chosen }, 150);
    if (found === null || turn !== turns) return;
    const pages = await Promise.all(found.results.slice(0, MOST).map((hit) => hit.data()));
    if (turn !== turns) return;
    list.replaceChildren(...pages.map(result));
    showFilters(filters, found.filters);
    said.textContent = summary(said.dataset, found.results.length, query);
  } catch {
    if (turn !== turns) return;
    list.replaceChildren();
    said.textContent = said.dataset.failed;
  }
}

// The choice to switch the key off, kept in this browser; none where nothing can be kept.
function offerKeyChoice(label) {
  const box = label.querySelector("input");
  try {
    box.checked = localStorage.getItem("search-key") !== "off";
  } catch {
    label.remove();
    return;
  }
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem("search-key") : localStorage.setItem("search-key", "off")));
}

function build(opener) {
  dialog = document.querySelector("[data-search-dialog]").content.firstElementChild;
  document.body.append(dialog);
  const [form, input, close, said, list] = ["form", "input", "button", ".said", "ol"].map((name) => dialog.querySelector(name));
  const filters = [...dialog.querySelectorAll("select")];
  hint = said.textContent;
  const again = () => (latest = search(input.value, filters, said, list));
  for (const select of filters) select.addEventListener("change", again);
  offerKeyChoice(dialog.querySelector(".key"));

  input.addEventListener("input", again);
  // Enter opens the first result, also before it is there.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await latest;
    list.querySelector("a")?.click();
  });
  close.addEventListener("click", () => dialog.close(""));
  // The browser gives the focus back to where it was; where it was nowhere, the button takes it. A result keeps it.
  dialog.addEventListener("close", () => {
    const focused = document.activeElement;
    if (dialog.returnValue !== "result" && (focused === document.body || dialog.contains(focused))) opener.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("a")) dialog.close("result");
    else if (event.target === dialog) dialog.close("");
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // a search field with a text would only empty itself
      dialog.close("");
    }
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target.matches("select")) return;
    event.preventDefault();
    const stops = [input, ...list.querySelectorAll("a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + step))].focus();
  });
}

export function openSearch(opener) {
  if (!dialog) build(opener);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}
