// The finder of cases, of instruments and of sources: choices and words filter the list, and the map of cases; they
// live in the address, so that a filtered list can be linked and survives the language switch. A value that does not
// exist is ignored and said. Nothing found: each choice says how many it would free, and the search of the whole site
// is offered with the same words.

const form = document.querySelector("[data-finder]");
const controls = [...form.querySelectorAll("select, input")];
const order = form.querySelector("[data-sort]");
const filters = controls.filter((control) => control !== order);
const said = form.querySelector("[data-said]");
const drop = form.querySelector("[data-drop]");
const groups = [...document.querySelectorAll("[data-group]")];
// Not those of the other language, where both stood side by side before this script was there (side-by-side.js).
const items = [...document.querySelectorAll(form.dataset.items ?? "[data-item]")].filter((item) => !item.closest(".pair > [lang]"));
const homes = items.map((item) => item.parentNode);
const flat = document.querySelector("[data-flat]"); // what is filtered or sorted stands here, not in groups
const places = [...document.querySelectorAll(".map a")];
for (const option of form.querySelectorAll("option")) option.dataset.name = option.textContent; // a number comes after it
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

// As the search does: no accents, no case, one apostrophe.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’']/g, " ").toLowerCase();
const texts = new Map();
function textOf(item) {
  if (!texts.has(item)) texts.set(item, fold(`${item.textContent} ${item.dataset.words ?? ""}`));
  return texts.get(item);
}

// What cases say on their own pages, in sections with the stems of their words; fetched when the field is first used
// (scripts/web/case_texts.py). Until then, and where there is none, the list alone is searched.
let told = {};
let plain;
let learning;
async function learn() {
  if (!form.dataset.texts) return;
  try {
    const [answer, { plain: stems }] = await Promise.all([fetch(form.dataset.texts), import("./search-words.js")]);
    for (const [slug, sections] of Object.entries(await answer.json())) {
      told[slug] = sections.map(([heading, text, more]) => ({ heading, text, stems: ` ${stems(`${heading} ${text} ${more}`).join(" ")} ` }));
    }
    plain = stems;
    if (chosen().q) show();
  } catch {
    learning = undefined; // no network: to be asked for again
  }
}
const sectionsOf = (item) => told[item.querySelector("a").pathname.split("/").at(-2)] ?? [];
const has = (stems, word) => stems.includes(word.length > 3 ? ` ${word}` : ` ${word} `);
// The words asked for, by their stems: small ones count only where there is no other.
function asked(value) {
  if (!plain) return fold(value).trim().split(/\s+/);
  const all = plain(value);
  const longer = all.filter((word) => word.length > 2 || /\d/.test(word));
  return longer.length ? longer : all;
}
const finds = (item, word) => textOf(item).includes(word) || sectionsOf(item).some(({ stems }) => has(stems, word));

// Why a case is among what was found, where its list does not say so: the section that has most of the words.
function explain(item, words) {
  item.querySelector(".why")?.remove();
  const hidden = words.filter((word) => !textOf(item).includes(word));
  if (!hidden.length) return;
  const score = ({ stems }) => hidden.filter((word) => has(stems, word)).length;
  const { heading, text } = sectionsOf(item).reduce((best, section) => (score(section) > score(best) ? section : best));
  const hits = [...text.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => plain(word).some((own) => hidden.some((one) => has(` ${own} `, one))));
  const start = hits.length ? Math.max(0, text.lastIndexOf(" ", Math.max(0, hits[0].index - 60)) + 1) : 0;
  const end = text.length - start > 180 ? text.lastIndexOf(" ", start + 180) : text.length;
  const line = Object.assign(document.createElement("p"), { className: "why" });
  if (heading) line.append(Object.assign(document.createElement("strong"), { textContent: heading }), " · ");
  if (start) line.append("… ");
  let from = start;
  for (const hit of hits.filter(({ index }) => index < end)) {
    line.append(text.slice(from, hit.index), Object.assign(document.createElement("mark"), { textContent: hit[0] }));
    from = hit.index + hit[0].length;
  }
  line.append(text.slice(from, end), end < text.length ? " …" : "");
  item.append(line);
}

// What an item has of each choice, in the order of the form (overrides/partials/finder-parts.html).
const choices = filters.filter((control) => control.options).map((control) => control.name);
const values = (item, key) => item.dataset.has.split("|")[choices.indexOf(key)].split(" ");
const chosen = (among = filters) => Object.fromEntries(among.filter((c) => c.value.trim()).map((c) => [c.name, c.value]));
const fits = (item, choice) =>
  Object.entries(choice).every(([key, value]) =>
    key === "q" ? asked(value).every((word) => finds(item, word)) : values(item, key).includes(value),
  );

const without = (choice, key) => Object.fromEntries(Object.entries(choice).filter(([other]) => other !== key));
const count = (choice) => items.filter((item) => fits(item, choice)).length;
const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, key) => words[key]);

const digits = (number) => number.toLocaleString(document.documentElement.lang);

const ORDERS = {
  newest: (a, b) => (b.dataset.since || 0) - (a.dataset.since || 0),
  place: (a, b) => collator.compare(a.querySelector(".facts").textContent, b.querySelector(".facts").textContent),
};

function arrange(found, choice) {
  if (!flat) return;
  items.forEach((item, n) => homes[n].append(item));
  flat.hidden = !(order.value || Object.keys(choice).length);
  if (!flat.hidden) flat.querySelector("ul").append(...(order.value ? [...found].sort(ORDERS[order.value]) : found));
}

// Names for the marks that found no room among all: there is some once a choice has put others out.
function printNames() {
  for (const old of document.querySelectorAll(".map .spare")) old.remove();
  const map = document.querySelector(".map svg");
  if (!map?.querySelector(".out")) return;
  const taken = [...map.querySelectorAll("a:not(.out) :is(text, circle:not(.room))")].map((node) => node.getBoundingClientRect());
  const { left, right } = map.getBoundingClientRect();
  for (const mark of map.querySelectorAll("a:not(.out):not(:has(text))")) {
    const r = mark.querySelector("circle:last-of-type").r.baseVal.value;
    const { textContent: name } = mark.querySelector("title"); // the number of cases is its end
    const text = document.createElementNS(map.namespaceURI, "text");
    text.classList.add("spare");
    text.textContent = name.slice(0, name.lastIndexOf(", "));
    mark.append(text);
    const hasRoom = ([x, y, anchor]) => {
      for (const [key, value] of Object.entries({ x, y, "text-anchor": anchor })) text.setAttribute(key, value);
      const box = text.getBoundingClientRect();
      const isApart = (other) => box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top;
      return box.left >= left && box.right <= right && taken.every(isApart);
    };
    const beside = [[r + 4, 6, "start"], [-r - 4, 6, "end"], [0, -r - 6, "middle"], [0, r + 18, "middle"]];
    if (beside.some(hasRoom)) taken.push(text.getBoundingClientRect());
    else text.remove();
  }
}

// Where nothing is found: a button for each choice that alone keeps something away.
function loosen(choice) {
  return filters.flatMap((control) => {
    const freed = control.name in choice && count(without(choice, control.name));
    if (!freed) return [];
    const name = control.selectedOptions?.[0].dataset.name ?? control.value;
    return button(fill(form.dataset.loosen, { choice: name, count: freed }), () => {
      control.value = "";
      update();
      control.focus();
    });
  });
}

// The words that no case has may stand on other pages.
function offerSearch(query) {
  return button(fill(form.dataset.ask, { query }), () => document.dispatchEvent(new CustomEvent("ask", { detail: query })));
}

function button(textContent, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent });
  made.addEventListener("click", act);
  return made;
}

function show(notice = "") {
  const choice = chosen();
  if (choice.q) learning ??= learn();
  const found = items.filter((item) => fits(item, choice));
  const left = new Set(found);
  for (const item of items) item.hidden = !left.has(item);
  for (const item of items) explain(item, choice.q && left.has(item) ? asked(choice.q) : []);
  arrange(found, choice);
  for (const group of groups) {
    group.hidden = ![...group.querySelectorAll("li")].some((item) => left.has(item));
    const letter = document.querySelector(`.letters [href="#${group.dataset.group}"]`);
    if (letter) letter.hidden = group.hidden;
  }
  const territories = new Set(found.map((item) => item.dataset.territory));
  for (const place of places) {
    const out = !territories.has(place.getAttribute("href").split("/").at(-2));
    place.classList.toggle("out", out); // a mark fades
    if (place.parentNode.matches("li")) place.parentNode.hidden = out;
  }
  printNames();
  for (const select of filters) {
    const others = without(choice, select.name);
    for (const option of select.options ?? []) {
      if (option.value) option.textContent = `${option.dataset.name} (${count({ ...others, [select.name]: option.value })})`;
    }
  }
  const number = Object.keys(without(choice, "q")).length;
  for (const mark of form.querySelectorAll("[data-chosen]")) mark.textContent = number ? ` (${number})` : "";
  const freeing = found.length || !form.dataset.loosen ? [] : loosen(choice);
  const offered = found.length || !choice.q || !form.dataset.ask ? [] : [offerSearch(choice.q.trim())];
  // Those that are there already stay, for one may have the focus.
  const labels = (buttons) => buttons.map((made) => made.textContent).join();
  if (labels([...freeing, ...offered]) !== labels([...drop.children])) drop.replaceChildren(...freeing, ...offered);
  form.querySelector("[type=reset]").hidden = !Object.keys(chosen(controls)).length;
  const none = freeing.length ? form.dataset.none : "";
  said.textContent = [fill(form.dataset.found, { found: digits(found.length), all: digits(items.length) }), notice, none].filter(Boolean).join(". ");
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const unknown = [];
  for (const control of controls) {
    const value = (asked.get(control.name) ?? "").slice(0, 100);
    const known = !control.options || [...control.options].some((option) => option.value === value);
    control.value = known ? value : "";
    if (!known) unknown.push(value.slice(0, 40));
  }
  show(unknown.length ? fill(form.dataset.unknown, { value: unknown.join(", ") }) : "");
}

function update() {
  const address = new URL(location.href);
  for (const control of controls) {
    if (control.value.trim()) address.searchParams.set(control.name, control.value);
    else address.searchParams.delete(control.name);
  }
  history.replaceState(null, "", address);
  show();
}

form.querySelector("[name=q]")?.addEventListener("focus", () => (learning ??= learn()));
let soon;
form.addEventListener("input", ({ target }) => {
  clearTimeout(soon);
  if (target.matches("input")) soon = setTimeout(update, 200); // while words are typed
});
// What is left comes into view, and the choice stays in it.
function bringIntoView(control) {
  const { bottom } = form.querySelector(".found").getBoundingClientRect();
  const room = control.getBoundingClientRect().top - 80;
  if (flat && bottom > innerHeight - 160) scrollBy(0, Math.max(0, Math.min(bottom - innerHeight * 0.55, room)));
}
form.addEventListener("change", ({ target }) => {
  update();
  if (target.name !== "q") bringIntoView(target); // words are left by a click elsewhere: what is clicked must not move
});
form.addEventListener("reset", () =>
  setTimeout(() => {
    update();
    said.focus(); // the button has gone
  }),
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  update();
  bringIntoView(document.activeElement);
});
addEventListener("popstate", readAddress);
const early = chosen(controls); // before this script was there
readAddress();
if (Object.keys(early).length) {
  for (const control of controls) control.value = early[control.name] ?? control.value;
  update();
}
