// The finder of cases and of instruments: choices filter the list, and the map of cases; they live in the address, so
// that a filtered list can be linked and survives the language switch. A value that does not exist is ignored and said.

const form = document.querySelector("[data-finder]");
const selects = [...form.querySelectorAll("select")];
const said = form.querySelector("[data-said]");
const groups = [...document.querySelectorAll("[data-group]")];
const items = [...document.querySelectorAll("[data-item]")]; // cases in groups, or rows of a table
const places = [...document.querySelectorAll(".map [data-territory]")];

// The first lever is the colour of a case (data-lever is its number): the finder reads all of them.
const values = (item, key) => (item.getAttribute(`data-has-${key}`) ?? "").split(" ");
const chosen = () => Object.fromEntries(selects.filter((s) => s.value).map((s) => [s.name, s.value]));
const fits = (item, choice) => Object.entries(choice).every(([key, value]) => values(item, key).includes(value));

function show(notice = "") {
  const choice = chosen();
  const found = items.filter((item) => fits(item, choice));
  for (const item of items) item.hidden = !found.includes(item);
  for (const group of groups) group.hidden = !group.querySelector("[data-item]:not([hidden])");
  const territories = new Set(found.map((item) => item.dataset.territory));
  for (const place of places) {
    if (place.matches("li")) place.hidden = !territories.has(place.dataset.territory);
    else place.classList.toggle("out", !territories.has(place.dataset.territory));
  }
  for (const select of selects) {
    const others = { ...choice };
    delete others[select.name];
    for (const option of select.options) {
      if (!option.value) continue;
      const count = items.filter((item) => fits(item, { ...others, [select.name]: option.value })).length;
      option.textContent = `${option.dataset.name} (${count})`;
    }
  }
  said.textContent = [form.dataset.found.replace("{found}", found.length).replace("{all}", items.length), notice]
    .filter(Boolean)
    .join(". ");
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const unknown = [];
  for (const select of selects) {
    const value = asked.get(select.name) ?? "";
    const known = [...select.options].some((option) => option.value === value);
    select.value = known ? value : "";
    if (!known) unknown.push(value.slice(0, 40));
  }
  show(unknown.length ? form.dataset.unknown.replace("{value}", unknown.join(", ")) : "");
}

function writeAddress() {
  const address = new URL(location.href);
  for (const select of selects) {
    if (select.value) address.searchParams.set(select.name, select.value);
    else address.searchParams.delete(select.name);
  }
  history.replaceState(null, "", address);
}

form.addEventListener("change", () => {
  writeAddress();
  show();
});
form.addEventListener("reset", () =>
  setTimeout(() => {
    writeAddress();
    show();
  }),
);
addEventListener("popstate", readAddress);
const early = chosen(); // before this script was there
readAddress();
if (Object.keys(early).length) {
  for (const select of selects) select.value = early[select.name] ?? select.value;
  writeAddress();
  show();
}
