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
const items = [...document.querySelectorAll(form.dataset.items ?? "[data-has]")].filter((item) => !item.closest(".pair > [lang]"));
const homes = items.map((item) => item.parentNode);
const flat = document.querySelector("[data-flat]"); // what is filtered or sorted stands here, not in groups
const places = [...document.querySelectorAll(".map a")];
for (const option of form.querySelectorAll("option")) option.dataset.name = option.textContent; // a number comes after it
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

// Words without accents, capitals and the end of a plural; an item has one where a word of its text begins so.
const wordsOf = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const withoutPlural = (word) => (word.length > 3 ? word.replace(/(?:es|s|x)$/, "") : word);
const texts = new Map();
function hasWord(item, word) {
  if (!texts.has(item)) texts.set(item, ` ${wordsOf([item.textContent, item.dataset.words, ...namesOf(item)].join(" ")).join(" ")}`);
  return texts.get(item).includes(` ${word}`);
}

// The words asked for, each with what cases say of it on their own pages, by the name of the case. The search knows that;
// until it is there, and where it is not asked or cannot be reached, the list alone is looked through.
let sought = new Map();
let search;
async function askSearch(query) {
  try {
    search = await import("./search.js");
    await search.ready();
    const told = await search.pagesWith(query, { kind: form.dataset.kind });
    return [...told].map(([word, pages]) => [wordsOf(word).map(withoutPlural).join(" "), pages]);
  } catch {
    return [];
  }
}
const pageOf = (item, pages) => pages.get(item.querySelector("a").pathname.split("/").at(-2));
const answersWord = (item, [word, pages]) => hasWord(item, word) || pageOf(item, pages);

// Why a case is among what was found, where its list does not say so: the section that says it.
function sayWhereFound(item, isFound) {
  item.querySelector(".why")?.remove();
  const hidden = isFound ? [...sought].filter(([word]) => !hasWord(item, word)) : [];
  if (!hidden.length) return;
  const [{ title, excerpt }] = hidden.map(([, pages]) => pageOf(item, pages));
  const line = Object.assign(document.createElement("p"), { className: "why" });
  if (title) line.append(Object.assign(document.createElement("strong"), { textContent: title }), " · ");
  line.append(search.excerptOf(excerpt, title));
  item.append(line);
}

// What an item has of each choice, in the order of the form (overrides/partials/finder-parts.html).
const choices = filters.filter((control) => control.options).map((control) => control.name);
const valuesOf = (item, key) => item.dataset.has.split("|")[choices.indexOf(key)].split(" ");
// The names of its region and instruments, which its list does not say.
const namesOf = (item) =>
  ["region", "instrument"]
    .filter((key) => choices.includes(key))
    .flatMap((key) => [...form.elements[key].options].filter(({ value }) => value && valuesOf(item, key).includes(value)))
    .map(({ dataset }) => dataset.name);
const chosenValues = (among = filters) => Object.fromEntries(among.filter((c) => c.value.trim()).map((c) => [c.name, c.value]));
const fitsChoices = (item, choice) =>
  Object.entries(choice).every(([key, value]) =>
    key === "q" ? [...sought].every((word) => answersWord(item, word)) : valuesOf(item, key).includes(value),
  );

const withoutKey = (choice, key) => Object.fromEntries(Object.entries(choice).filter(([other]) => other !== key));
const countFitting = (choice) => items.filter((item) => fitsChoices(item, choice)).length;
const fillIn = (text, words) => text.replace(/\{(\w+)\}/g, (_, key) => words[key]);

const digits = (number) => number.toLocaleString(document.documentElement.lang);

const ORDERS = {
  newest: (a, b) => (b.dataset.since || 0) - (a.dataset.since || 0),
  place: (a, b) => collator.compare(a.querySelector(".facts").textContent, b.querySelector(".facts").textContent),
};

function showFlatOrGrouped(found, choice) {
  if (!flat) return;
  items.forEach((item, n) => homes[n].append(item));
  flat.hidden = !(order.value || Object.keys(choice).length);
  if (!flat.hidden) flat.querySelector("ul").append(...(order.value ? [...found].sort(ORDERS[order.value]) : found));
}

// Names for the marks that found no room among all: there is some once a choice has put others out.
function nameMarksOnMap() {
  for (const old of document.querySelectorAll(".map .spare")) old.remove();
  const map = document.querySelector(".map svg");
  if (!map?.querySelector(".out")) return;
  const { left, right } = map.getBoundingClientRect();
  const taken = [...map.querySelectorAll("a:not(.out) :is(text, circle:not(.room))")].map((node) => node.getBoundingClientRect());
  const isFree = (box) => box.left >= left && box.right <= right && taken.every((other) => areApart(box, other));
  for (const mark of map.querySelectorAll("a:not(.out):not(:has(text))")) {
    const r = mark.querySelector("circle:last-of-type").r.baseVal.value;
    const { textContent: name } = mark.querySelector("title"); // the number of cases is its end
    const text = document.createElementNS(map.namespaceURI, "text");
    text.classList.add("spare");
    text.textContent = name.slice(0, name.lastIndexOf(", "));
    mark.append(text);
    const boxAt = ([x, y, anchor]) => {
      for (const [key, value] of Object.entries({ x, y, "text-anchor": anchor })) text.setAttribute(key, value);
      return text.getBoundingClientRect();
    };
    const beside = [[r + 4, 6, "start"], [-r - 4, 6, "end"], [0, -r - 6, "middle"], [0, r + 18, "middle"]];
    if (beside.some((place) => isFree(boxAt(place)))) taken.push(text.getBoundingClientRect());
    else text.remove();
  }
}

const areApart = (a, b) => a.left > b.right || a.right < b.left || a.top > b.bottom || a.bottom < b.top;

// Where nothing is found: a button for each choice that alone keeps something away.
function buttonsThatFree(choice) {
  return filters.flatMap((control) => {
    const freed = control.name in choice && countFitting(withoutKey(choice, control.name));
    if (!freed) return [];
    const name = control.selectedOptions?.[0].dataset.name ?? control.value;
    return button(fillIn(form.dataset.loosen, { choice: name, count: freed }), () => {
      control.value = "";
      applyChoices();
      control.focus();
    });
  });
}

// The words that no case has may stand on other pages.
function buttonThatSearches(query) {
  return button(fillIn(form.dataset.ask, { query }), () => document.dispatchEvent(new CustomEvent("ask", { detail: query })));
}

function button(textContent, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent });
  made.addEventListener("click", act);
  return made;
}

let lastQuery = "";
async function lookUpAndShow(notice = "") {
  const { q: query = "" } = chosenValues();
  if (query !== lastQuery) {
    lastQuery = query;
    const words = new Map(wordsOf(query).map((word) => [withoutPlural(word), new Map()]));
    if (!search || !query) sought = words;
    if (query && form.dataset.kind) {
      if (!search) showFitting(notice);
      const told = await askSearch(query);
      if (query !== lastQuery) return; // another was typed meanwhile
      sought = told.length ? new Map(told) : words;
    }
  }
  showFitting(notice);
}

function showFitting(notice) {
  const choice = chosenValues();
  const found = items.filter((item) => fitsChoices(item, choice));
  const left = new Set(found);
  for (const item of items) {
    item.hidden = !left.has(item);
    sayWhereFound(item, choice.q && left.has(item));
  }
  showFlatOrGrouped(found, choice);
  showGroups(left);
  showPlaces(found);
  countOptions(choice);
  const freeing = found.length || !form.dataset.loosen ? [] : buttonsThatFree(choice);
  const searching = found.length || !choice.q || !form.dataset.ask ? [] : [buttonThatSearches(choice.q.trim())];
  offer([...freeing, ...searching]);
  form.querySelector("[type=reset]").hidden = !Object.keys(chosenValues(controls)).length;
  const counted = fillIn(form.dataset.found, { found: digits(found.length), all: digits(items.length) });
  said.textContent = [counted, notice, freeing.length && form.dataset.none].filter(Boolean).join(". ");
}

// The parts of the list that have an item left, and their letters.
function showGroups(left) {
  for (const group of groups) {
    group.hidden = ![...group.querySelectorAll("li")].some((item) => left.has(item));
    const letter = document.querySelector(`.letters [href="#${group.dataset.group}"]`);
    if (letter) letter.hidden = group.hidden;
  }
}

// The marks of the map: one whose cases were put away fades, and goes from the list beside it.
function showPlaces(found) {
  const territories = new Set(found.map((item) => item.dataset.territory));
  for (const place of places) {
    const isOut = !territories.has(place.getAttribute("href").split("/").at(-2));
    place.classList.toggle("out", isOut);
    if (place.parentNode.matches("li")) place.parentNode.hidden = isOut;
  }
  nameMarksOnMap();
}

// What each option would leave, with all else that is chosen; how many choices there are.
function countOptions(choice) {
  for (const { name, options = [] } of filters) {
    const others = withoutKey(choice, name);
    for (const option of [...options].filter(({ value }) => value)) {
      option.textContent = `${option.dataset.name} (${countFitting({ ...others, [name]: option.value })})`;
    }
  }
  const number = Object.keys(withoutKey(choice, "q")).length;
  for (const mark of form.querySelectorAll("[data-chosen]")) mark.textContent = number ? ` (${number})` : "";
}

// Buttons below the list. Those that are there already stay, for one may have the focus.
function offer(buttons) {
  const labels = (some) => some.map(({ textContent }) => textContent).join();
  if (labels(buttons) !== labels([...drop.children])) drop.replaceChildren(...buttons);
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
  return lookUpAndShow(unknown.length ? fillIn(form.dataset.unknown, { value: unknown.join(", ") }) : "");
}

function applyChoices() {
  const address = new URL(location.href);
  for (const control of controls) {
    if (control.value.trim()) address.searchParams.set(control.name, control.value);
    else address.searchParams.delete(control.name);
  }
  history.replaceState(null, "", address);
  return lookUpAndShow();
}

let soon;
form.addEventListener("input", ({ target }) => {
  clearTimeout(soon);
  if (target.matches("input")) soon = setTimeout(applyChoices, 200); // while words are typed
});
// What is left comes into view, and the choice stays in it.
function bringIntoView(control) {
  const { bottom } = form.querySelector(".found").getBoundingClientRect();
  const room = control.getBoundingClientRect().top - 80;
  if (flat && bottom > innerHeight - 160) scrollBy(0, Math.max(0, Math.min(bottom - innerHeight * 0.55, room)));
}
form.addEventListener("change", async ({ target }) => {
  await applyChoices();
  if (target.name !== "q") bringIntoView(target); // words are left by a click elsewhere: what is clicked must not move
});
form.addEventListener("reset", () =>
  setTimeout(async () => {
    await applyChoices();
    said.focus(); // the button has gone
  }),
);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await applyChoices();
  bringIntoView(document.activeElement);
});
addEventListener("popstate", readAddress);

// A link that brings a choice leads to what the choice leaves, unless the reader has scrolled or comes back.
async function openFromAddress() {
  const shown = readAddress();
  const [{ type }] = performance.getEntriesByType("navigation");
  const leads = Object.keys(chosenValues()).length && type === "navigate" && !location.hash && !scrollY;
  await shown;
  if (leads) form.querySelector(".found").scrollIntoView();
}

const early = chosenValues(controls); // before this script was there
openFromAddress();
if (Object.keys(early).length) {
  for (const control of controls) control.value = early[control.name] ?? control.value;
  applyChoices();
}
