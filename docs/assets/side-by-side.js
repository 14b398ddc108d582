// Both languages side by side, section against section: the other language is fetched only when asked for.
// The address says it (`?side`), so that the view can be shared; without it the page is as before.

const toggles = document.querySelectorAll("[data-side]");
const article = document.querySelector("article");
const text = article.querySelector(".text");
const switchLink = document.querySelector("a[data-switch]");
let original;

// The children of a text in sections: what precedes the first heading, then each h2 or h3 with what follows it.
function sections(root) {
  const found = [{ id: "", nodes: [] }];
  for (const node of [...root.children]) {
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
  // What script serves here is of this page: the marks beside headings, the finder and the groups it filters.
  for (const mark of body.querySelectorAll(".headerlink, .finder")) mark.remove();
  for (const group of body.querySelectorAll("[data-group]")) group.removeAttribute("data-group");
  return { lang: other.documentElement.lang, title: other.querySelector("h1").textContent, body };
}

function pair(nodes, others, lang) {
  const row = Object.assign(document.createElement("div"), { className: "pair" });
  const here = document.createElement("div");
  const there = Object.assign(document.createElement("div"), { lang });
  here.append(...nodes);
  there.append(...others);
  row.append(here, there);
  return row;
}

async function open() {
  const other = await otherText();
  if (document.body.classList.contains("side-by-side")) return; // opened meanwhile, by another click
  original = [...text.childNodes];
  const own = sections(text);
  const theirs = sections(other.body);
  const title = Object.assign(document.createElement("p"), { className: "pair-title", textContent: other.title });
  const rows = own.map((section, i) => pair(section.nodes, [...(i ? [] : [title]), ...(theirs[i]?.nodes ?? [])], other.lang));
  text.replaceChildren(...rows);
  document.body.classList.add("side-by-side");
  for (const toggle of toggles) toggle.setAttribute("aria-pressed", "true");
}

function close() {
  text.replaceChildren(...original);
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
    if (opened) close();
    else await open();
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
