// What every page needs of script; the page reads without it.

const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

// The other scripts carry the version of this one in their addresses (?v=…), so that a browser may keep them.
const load = (name) => import(`./${name}.js${new URL(import.meta.url).search}`);

// The section being read: the target of the address while it is in view, else the last heading above the middle.
function currentSection() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) {
    const { top, bottom } = target.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) return target.id;
  }
  let current = "";
  for (const heading of $("article :is(h2, h3, h4)[id], .glossary [id]")) {
    if (!heading.getClientRects().length || heading.closest(".pair > [lang]")) continue; // put away, or a copy
    if (heading.getBoundingClientRect().top > innerHeight / 3) break;
    current = heading.id;
  }
  return current;
}

// The switch is a plain link to the page; just before use it gets the section.
for (const link of $("a[data-switch]")) {
  const keepSection = () => {
    const id = currentSection();
    link.hash = id ? `#${id}` : "";
    if (document.querySelector("[data-finder]")) link.search = location.search;
  };
  for (const event of ["pointerdown", "focus", "click", "contextmenu"]) link.addEventListener(event, keepSection);
}

// Both languages side by side: from a button, or from an address that asks for it.
const sides = document.querySelector("[data-side]");
if (sides) {
  const toggle = async () => (await load("side-by-side")).toggleSides(currentSection());
  sides.addEventListener("click", toggle);
  if (new URLSearchParams(location.search).has("side")) toggle();
}

// The contents, and the facts of a case, stand open beside the text on a wide screen, closed above it on a narrow one.
const wide = matchMedia("(min-width: 64rem)");
const openContents = () =>
  $(":is(.contents, .summary) details").forEach((details) => {
    details.open = wide.matches;
    details.dataset.ready = ""; // from now on the reader opens and closes it
  });
wide.addEventListener("change", openContents);
openContents();

// The mark after a heading is a link to it; with script it also copies its full address and says so.
for (const link of $(".headerlink")) {
  link.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return; // the link has done its part: the address is in the address bar
    }
    const said = Object.assign(document.createElement("span"), { className: "copied", role: "status" });
    link.after(said);
    setTimeout(() => (said.textContent = document.querySelector("main").dataset.copied), 100); // a screen reader announces what changes, not what is new
    setTimeout(() => said.remove(), 2500);
  });
}

// The open menu of a phone covers the page: it has the focus, or closes.
const menu = document.getElementById("menu");
menu?.addEventListener("toggle", (event) => event.newState === "open" && menu.querySelector("a").focus());
menu?.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !menu.contains(relatedTarget) && menu.hidePopover?.());

// The search: nothing of it is loaded before it is opened.
const opener = document.querySelector("[data-search]");
if (opener) {
  const open = async () => (await load("search")).openSearch(opener);
  opener.addEventListener("click", open);
  // A key alone can be pressed by mistake, or by speech: the dialog has the choice to switch it off (WCAG 2.1.4).
  const byKey = () => {
    try {
      return localStorage.getItem("search-key") !== "off";
    } catch {
      return true; // no storage here: nothing was switched off
    }
  };
  if (byKey()) opener.setAttribute("aria-keyshortcuts", "/");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && byKey() && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    }
  });
}

// The finder of cases or instruments and the tables that can be sorted, where there are any.
if (document.querySelector("[data-finder]")) load("finder");
if (document.querySelector("[data-sortable]")) load("sort");

// Terms of the glossary: the definition on the spot. A tap shows it first; a second one follows the link.
const show = async (link) => (await load("terms")).show(link);
for (const link of $("a.term")) {
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link));
  link.addEventListener("focus", () => show(link));
  let tapped = false;
  link.addEventListener("blur", () => (tapped = false));
  link.addEventListener("click", (event) => {
    if (event.pointerType === "touch" && !tapped && !link.hasAttribute("aria-describedby")) {
      event.preventDefault();
      tapped = true;
      show(link);
    }
  });
}

// Pages once read open without a network too (../sw.js), unless the reader said no: the button on the page About.
const workers = navigator.serviceWorker;
if (workers && document.querySelector("[data-offline]")) load("offline");
const refused = () => {
  try {
    return localStorage.getItem("offline") === "off";
  } catch {
    return true; // a browser that lets nothing be kept
  }
};
if (workers && !refused()) {
  // A worker that takes over says so. It has not seen this page: what the page has used passes by it, from the cache.
  workers.addEventListener("message", () => {
    const used = performance.getEntriesByType("resource").map((entry) => entry.name);
    for (const url of [location.href, ...used]) fetch(url, { cache: "force-cache" }).catch(() => {});
  });
  addEventListener("load", () => workers.register(new URL("../sw.js", import.meta.url)).catch(() => {}));
}

// The 404 page is one file for every address: keep the language that the address asks for.
const notFound = $("[data-not-found]");
if (notFound.length) {
  const root = new URL(notFound[0].dataset.root, location.href).pathname;
  const wanted = location.pathname.startsWith(`${root}fr/`) ? "fr" : "en";
  document.documentElement.lang = wanted;
  for (const section of notFound) section.hidden = section.dataset.notFound !== wanted;
}
