// The search dialog (overrides/search.html, with its words): what is typed and chosen, what is said of it, the keys.

import { MOST, find, ready } from "./search.js";
import { known, root } from "./search-index.js";
import { itemOf } from "./search-results.js";

let dialog;
let parts; // of the dialog: its input, said, list, offers, filters
let hint; // what it says before anything is typed
let turns = 0;
let latest; // the search under way, or the last one

// The choices that narrow a search, each option with the number of results it would leave; what is chosen stays, and
// stands beside the words that unfold them.
function showFilters(totals) {
  for (const select of parts.filters) {
    const chosen = select.value;
    const counts = { ...(chosen && { [chosen]: 0 }), ...totals[select.name] };
    const options = Object.entries(counts).filter(([value, count]) => count > 0 || value === chosen);
    select.replaceChildren(
      new Option(select.dataset.all, ""),
      ...options.map(([value, count]) => new Option(`${value} (${count})`, value)),
    );
    select.value = chosen;
    select.parentElement.hidden = options.length === 0;
  }
  const narrow = dialog.querySelector(".narrow");
  narrow.hidden = !narrow.querySelector("label:not([hidden])");
  const summary = narrow.querySelector("summary");
  summary.textContent = [summary.dataset.words, ...parts.filters.map(({ value }) => value)].filter(Boolean).join(" · ");
}

// What was found, in words: what was changed in the query, then how many pages.
function sayFound(found, query, isNarrowed) {
  const say = (name, values = {}) => parts.said.dataset[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
  const sentences = found.offline ? [say("offline")] : [];
  if (found.absent.length) sentences.push(say("absent", { word: found.absent.join(", ") }));
  if (!found.count) {
    if (isNarrowed) sentences.push(say("narrowed", { query }));
    else if (found.offline || !found.absent.length) sentences.push(say("none", { query }));
    return sentences.join(" ");
  }
  if (found.near.length) {
    const word = found.near.map(([typed]) => typed).join(", ");
    const near = found.near.map(([, meant]) => meant).join(", ");
    sentences.push(say("near", { word, near }));
  }
  if (found.without.length) sentences.push(say("without", { word: found.without.join(", ") }));
  else if (found.loose) sentences.push(say("loose"));
  sentences.push(say(found.count === 1 ? "one" : "some", found) + (found.count > MOST ? say("first", { most: MOST }) : ""));
  return sentences.join(" ");
}

async function search() {
  const { input, said, list, offers, filters } = parts;
  const query = input.value;
  const turn = ++turns;
  if (!query.trim()) {
    list.replaceChildren();
    offers.hidden = true;
    said.textContent = hint;
    for (const select of filters) select.value = "";
    showFilters({});
    return;
  }
  const chosen = filters.filter(({ value }) => value).map(({ name, value }) => [name, value]);
  try {
    if (!known) said.textContent = said.dataset.loading;
    await ready();
    if (turn !== turns) return; // while it was loaded, more was typed: to ask now would put aside what is asked there
    const found = await find(query, Object.fromEntries(chosen), 150);
    if (found === null || turn !== turns) return;
    const isNarrowed = chosen.length > 0;
    list.replaceChildren(...found.results.map(itemOf));
    dialog.scrollTop = 0;
    offers.hidden = found.count > 0 || isNarrowed;
    showFilters(found.filters);
    said.textContent = sayFound(found, query, isNarrowed);
  } catch {
    if (turn !== turns) return;
    list.replaceChildren();
    offers.hidden = false;
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

function goByKeys(event) {
  if (event.key === "Escape") {
    event.preventDefault(); // a search field with a text would only empty itself
    dialog.close("");
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("select")) return;
  event.preventDefault();
  const stops = [parts.input, ...dialog.querySelectorAll(":is(ol, .offers:not([hidden])) a")];
  const next = stops.indexOf(document.activeElement) + step;
  stops[Math.max(0, Math.min(stops.length - 1, next))].focus();
}

function build(opener, html) {
  document.body.insertAdjacentHTML("beforeend", html);
  dialog = document.body.lastElementChild;
  for (const link of dialog.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), root);
  const [form, input, close, said, list, offers] = ["form", "input", "button", ".said", "ol", ".offers"].map((name) => dialog.querySelector(name));
  parts = { input, said, list, offers, filters: [...dialog.querySelectorAll("select")] };
  if (matchMedia("(hover: none)").matches) said.textContent = said.dataset.touch; // no keys to speak of
  hint = said.textContent;
  const again = () => (latest = search());
  input.addEventListener("input", again);
  for (const select of parts.filters) select.addEventListener("change", again);
  offerKeyChoice(dialog.querySelector(".key"));

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
    if (event.target.closest("a")) {
      history.replaceState({ query: input.value }, ""); // who comes back goes on from it
      dialog.close("result");
    } else if (event.target === dialog) dialog.close("");
  });
  dialog.addEventListener("keydown", goByKeys);
}

export function openSearch(opener, html, query) {
  if (!dialog) build(opener, html);
  if (!dialog.open) dialog.showModal();
  const { input } = parts;
  const asked = query || (!input.value && history.state?.query);
  if (asked) {
    input.value = asked;
    input.dispatchEvent(new Event("input"));
  }
  input.select();
}
