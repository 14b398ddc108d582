// How a result is shown: its title, what it is, an excerpt with what was found, and its sections.

import { root } from "./search-index.js";

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

// The text of the index as it is printed: of the words with oe, those in oeu- and oeil have œ; no line ends within 50 000
// or before a sign of French.
const unfold = (text) =>
  text
    .replace(/(?<=\d)'(?=\d{3})/g, "\u202f")
    .replaceAll("'", "’")
    .replace(/oe(?=u|il)/g, "œ")
    .replace(/Oe(?=u|il)/g, "Œ")
    .replace(/(?<=«) | (?=[»;:?!%])/g, "\u00a0");

// Pagefind marks hits with <mark>; the rest of an excerpt is text. Its entities are resolved by the parser,
// in a document that runs nothing, and only text and marks are taken over. The title, or its end, where it begins with
// that, is said already.
export function excerptOf(html, title) {
  const line = element("span", { className: "excerpt" });
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const words = title.split(" ");
  const ends = words.map((_, start) => `${words.slice(start).join(" ")}.`);
  let said = ends.find((end) => body.textContent.startsWith(end))?.length ?? 0;
  for (const node of body.childNodes) {
    let text = unfold(node.textContent.slice(said)).replace(/ (?=[.,)])/g, ""); // where a note stood
    if (!line.hasChildNodes()) text = text.replace(/^[\s.,;:·)?!»”]+/, ""); // the end of what stands before
    said = Math.max(0, said - node.textContent.length);
    if (!text) continue;
    line.append(node.nodeName === "MARK" ? element("mark", { textContent: text }) : text);
  }
  if (/^\p{Ll}/u.test(line.textContent)) line.prepend("… ");
  if (!/[.!?…][)»”]?\s*$/.test(line.textContent)) line.append(" …");
  return line;
}

export function itemOf({ url, title, facts, text, excerpt, sections = [] }) {
  const link = element("a", { href: new URL(url, root).href }, element("strong", { textContent: unfold(title) }));
  if (facts) link.append(" ", element("span", { className: "is", textContent: unfold(facts) }));
  if (text) link.append(element("span", { className: "excerpt", textContent: text }));
  if (excerpt) link.append(excerptOf(excerpt, title));
  const item = element("li", {}, link);
  if (sections.length) item.append(element("ol", {}, ...sections.map(itemOf)));
  return item;
}
