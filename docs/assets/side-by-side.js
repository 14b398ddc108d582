// Both languages side by side, section against section, and on a phone block below block. The other language is fetched
// only when asked for. The address says it (`?side`), so that the view can be shared; without it the page is as before.

const toggles = document.querySelectorAll("[data-side]");
const article = document.querySelector("article");
const text = article.querySelector(".text");
const switchLink = document.querySelector("a[data-switch]");
let original;
let folded;

// The children of a text in sections: what precedes the first heading, then each h2 or h3 with what follows it, which is
// not folded here.
function sectionsOf(root) {
  const found = [{ id: "", nodes: [] }];
  const unfolded = [...root.children].flatMap((node) => (node.matches(".how") ? [...node.children].slice(1) : node));
  for (const node of unfolded) {
    if (node.matches("h2, h3, .h2, .h3")) found.push({ id: (node.querySelector("h2, h3") ?? node).id, nodes: [] });
    found.at(-1).nodes.push(node);
  }
  return found;
}

// The other page's text, fit to stand in this one: its addresses resolved, its ids renamed (this page has them).
async function otherText() {
  const url = switchLink.href.split("#")[0];
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.statusText);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const body = other.querySelector("article .text");
  for (const link of body.querySelectorAll("[href]")) link.setAttribute("href", new URL(link.getAttribute("href"), url));
  for (const node of body.querySelectorAll("[id]")) node.id = `other-${node.id}`;
  for (const name of ["aria-labelledby", "aria-describedby"]) {
    for (const node of body.querySelectorAll(`[${name}]`)) {
      node.setAttribute(name, node.getAttribute(name).replace(/\S+/g, "other-$&"));
    }
  }
  // What serves here is of this page: the marks beside headings, the letters, the finder and the groups it filters.
  for (const mark of body.querySelectorAll(".headerlink")) mark.remove();
  for (const finder of body.querySelectorAll(".finder, .letters")) finder.replaceWith(document.createElement("div"));
  for (const group of body.querySelectorAll("[data-group]")) {
    group.removeAttribute("data-group");
    group.dataset.otherGroup = "";
  }
  return { lang: other.documentElement.lang, title: other.querySelector("h1").textContent, body };
}

function makeRow(nodes, others, lang) {
  const row = Object.assign(document.createElement("div"), { className: "pair" });
  const here = document.createElement("div");
  const there = Object.assign(document.createElement("div"), { lang });
  here.append(...nodes);
  there.append(...others);
  row.append(here, there);
  return row;
}

// A list in lists of one, numbered on: copies, so that closing finds it as it was. One that the finder filters stays whole.
function listsOfOne(node) {
  if (!node.matches("ul, ol") || node.querySelector(ITEMS)) return [node];
  return [...node.children].map((item, i) => {
    const list = node.cloneNode();
    if (list.start) list.start += i; // only an `ol` has one
    list.append(item.cloneNode(true));
    return list;
  });
}

// On a narrow screen, where they stand below each other, a section is paired block by block and a list item by item:
// each with its translation in view. What has not as many parts in both languages stays whole.
const wide = matchMedia("(min-width: 48rem)");
function makeRows(nodes, others, lang) {
  if (wide.matches || nodes.length !== others.length) return [makeRow(nodes, others, lang)];
  return nodes.flatMap((node, i) => {
    const [here, there] = [listsOfOne(node), listsOfOne(others[i])];
    if (here.length !== there.length) return [makeRow([node], [others[i]], lang)];
    return here.map((part, j) => makeRow([part], [there[j]], lang));
  });
}

// Elements of this text with their counterparts in the other, by depth: blocks, and within them items, rows, entries.
const HOLDERS = "ul, ol, dl, table, thead, tbody, figure, section, details, div";
function findCounterparts(here, there, depth = 0, found = []) {
  const others = [...there.children];
  if (here.children.length !== others.length) return found; // not the same in both: these parts have no counterparts
  [...here.children].forEach((node, i) => {
    if (node.matches(HOLDERS)) findCounterparts(node, others[i], depth + 1, found);
    (found[depth] ??= []).push([node, others[i]]);
  });
  return found;
}

// Each part begins at the height of its counterpart: the deepest first, for those around them grow with them.
let levelled = [];
function levelHeights() {
  for (const node of levelled.flat(2)) node.style.minHeight = node.style.height = "";
  if (!wide.matches) return; // they stand below each other
  for (const pairs of levelled.toReversed()) {
    const heights = (pairs ?? []).map((nodes) => Math.max(...nodes.map((node) => node.getBoundingClientRect().height)));
    (pairs ?? []).forEach((nodes, i) => {
      for (const node of nodes) node.style[node.matches("tr") ? "height" : "minHeight"] = `${heights[i]}px`;
    });
  }
}
let width;
const resized = new ResizeObserver(() => {
  if (width !== text.offsetWidth) levelHeights();
  width = text.offsetWidth;
});

// What the finder puts away here is put away there, whatever list it stands in: a source is known by its id, another
// item by where it leads. Writing what is there already would call this again, without end.
const ITEMS = ":is([data-has], .bibliography > li)";
const keyOf = (item) => item.id.replace(/^other-/, "") || item.querySelector("a").pathname.split("/").at(-2) + item.querySelector("a").hash;
const setHidden = (node, hidden) => node.hidden !== hidden && (node.hidden = hidden);
function mirrorFilter() {
  const away = new Map([...text.querySelectorAll(`.pair > :first-child ${ITEMS}`)].map((item) => [keyOf(item), item.hidden]));
  for (const item of text.querySelectorAll(`.pair > [lang] ${ITEMS}`)) setHidden(item, away.get(keyOf(item)) ?? false);
  for (const group of text.querySelectorAll("[data-other-group]")) setHidden(group, !group.querySelector(`${ITEMS}:not([hidden])`));
  levelHeights();
}
const filtered = new MutationObserver(mirrorFilter);

// Links within the site keep the view.
function keepSides(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || !link.pathname.endsWith("/") || link.pathname === location.pathname) return;
  if (!new URLSearchParams(link.search).has("side")) link.search += link.search ? "&side" : "?side";
}

async function openSides() {
  const other = await otherText();
  if (document.body.classList.contains("side-by-side")) return; // opened meanwhile, by another click
  original = [...text.childNodes];
  folded = [...text.querySelectorAll(".how")].map((details) => [details, [...details.children]]);
  // Two alphabets: the entries of the other glossary follow the order of this one.
  for (const entry of text.querySelectorAll(".glossary > [id]")) {
    const there = other.body.querySelector(`#other-${CSS.escape(entry.id)}`);
    there?.parentElement.append(there);
  }
  const theirs = new Map(sectionsOf(other.body).map((section) => [section.id.replace(/^other-/, ""), section.nodes]));
  const own = sectionsOf(text).filter(({ nodes }) => nodes.length); // a page may begin with a heading
  const rows = own.flatMap(({ id, nodes }) => makeRows(nodes, theirs.get(id) ?? [], other.lang));
  const title = Object.assign(document.createElement("p"), { className: "pair-title", textContent: other.title, lang: other.lang });
  text.replaceChildren(title, ...rows);
  document.body.classList.add("side-by-side");
  for (const toggle of toggles) toggle.setAttribute("aria-pressed", "true");
  levelled = [];
  for (const row of rows) findCounterparts(row.firstChild, row.lastChild, 0, levelled);
  width = text.offsetWidth;
  resized.observe(text);
  filtered.observe(text, { subtree: true, attributeFilter: ["hidden"] });
  document.addEventListener("click", keepSides);
  mirrorFilter();
}

function closeSides() {
  resized.disconnect();
  filtered.disconnect();
  document.removeEventListener("click", keepSides);
  for (const [node] of levelled.flat()) node.style.minHeight = node.style.height = "";
  text.replaceChildren(...original);
  for (const [details, parts] of folded) details.append(...parts);
  document.body.classList.remove("side-by-side");
  for (const toggle of toggles) toggle.setAttribute("aria-pressed", "false");
}

// `section` is the id of the one being read, empty at the top.
export async function toggleSides(section) {
  const address = new URL(location.href);
  const opened = document.body.classList.contains("side-by-side");
  const heading = document.getElementById(section);
  const before = heading?.getBoundingClientRect().top;
  try {
    if (opened) closeSides();
    else await openSides();
  } catch {
    location.href = switchLink.href; // the other language could not be fetched here: go to its page
    return;
  }
  if (opened) address.searchParams.delete("side");
  else address.searchParams.set("side", "");
  history.replaceState(null, "", address.href.replace(/side=(?=[&#]|$)/, "side"));
  // The text grows or shrinks above what is being read: keep it where it was.
  if (heading) scrollBy({ top: heading.getBoundingClientRect().top - before, behavior: "instant" });
  else if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
