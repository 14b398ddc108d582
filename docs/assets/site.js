// What every page needs of script: the language switch, the contents, what stands open on a wide screen, panels, colours, the
// key `/` that opens the search, and what loads the other scripts. The page reads without it.

const $ = (selector, root = document) => [...root.querySelectorAll(selector)];

const load = (name) => import(`./${name}.js`);

// What the reader chose before, if anything; undefined in a browser that lets nothing be kept.
const storedChoice = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return undefined;
  }
};

// What script opens over the page or in it comes with its style.
let styled;
async function loadWithStyle(name) {
  styled ??= new Promise((done) => {
    const href = new URL("overlays.css", import.meta.url);
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done }));
  });
  const [module] = await Promise.all([load(name), styled]);
  return module;
}

// The 404 page is one file for every address: what follows finds it in one language.
if (document.querySelector("[data-not-found]")) await load("not-found");

// A section that has moved to another page: go on to where it is.
const moved = document.getElementById(location.hash.slice(1));
if (moved?.matches(".moved")) location.replace(moved.querySelector("a").href);

// The section being read: the target of the address while it is in view, else the last heading above the middle; in a
// list without headings the first lever or instrument in view.
function currentSection() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) {
    const { top, bottom } = target.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) return target.id;
  }
  let current = "";
  for (const heading of $("article :is(h2, h3, h4)[id], .glossary [id], [data-lever][id]")) {
    if (!heading.checkVisibility() || heading.closest(".pair > [lang]")) continue; // put away, folded, or a copy
    if (heading.getBoundingClientRect().top > innerHeight / (heading.matches("[data-lever]") ? 6 : 3)) break;
    current = heading.id;
  }
  return current;
}

// The switch is a plain link to the page; just before use it gets the section. Who comes to it by keyboard from within
// the page has come to its top: the section of the address, if it has one, is theirs.
for (const link of $("a[data-switch]")) {
  const keepSection = ({ type, detail }) => {
    const byKeyboard = type === "focus" || (type === "click" && !detail);
    const id = currentSection() || (byKeyboard ? location.hash.slice(1) : "");
    link.hash = id ? `#${id}` : "";
    if (document.querySelector("[data-finder]")) link.search = location.search;
  };
  for (const event of ["pointerdown", "focus", "click", "contextmenu"]) link.addEventListener(event, keepSection);
}

// Both languages side by side: from a button, or from an address that asks for it.
const sides = $("[data-side]");
if (sides.length) {
  const toggle = async () => (await loadWithStyle("side-by-side")).toggleSides(currentSection());
  for (const button of sides) {
    button.addEventListener("click", () => {
      button.closest("[popover]")?.hidePopover(); // on a phone it is in the menu
      toggle();
    });
  }
  if (new URLSearchParams(location.search).has("side")) toggle();
}

// The facts of a case and how to use an instrument stand open on a wide screen, closed on a narrow one.
const wide = matchMedia("(min-width: 64rem)");
const openIfWide = () =>
  $(".opens").forEach((details) => {
    details.open = wide.matches;
    details.dataset.ready = ""; // from now on the reader opens and closes it
  });
wide.addEventListener("change", openIfWide);
openIfWide();

// An address within something folded opens it, in every browser; that of a section what folds in it: how to use an
// instrument, a table of amounts. Not a text to copy.
const unfoldTarget = () => {
  const target = document.getElementById(location.hash.slice(1)); // :target is late in a new page
  target?.closest("details")?.setAttribute("open", "");
  let next = target?.closest(".h3")?.nextElementSibling;
  while (next && !next.matches(".h2, .h3")) {
    if (next.matches(".how, details:has(.amounts)")) next.open = true;
    next.querySelector(".duties")?.setAttribute("open", "");
    next = next.nextElementSibling;
  }
};
addEventListener("hashchange", unfoldTarget);
unfoldTarget();

// The contents mark the section being read, and keep its entry in view beside the text.
const contents = document.querySelector(".contents");
if (contents) {
  let marked;
  const mark = () => {
    const link = contents.querySelector(`a[href="#${CSS.escape(currentSection())}"]`);
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    marked = link;
    const { top, bottom, height } = link?.getBoundingClientRect() ?? { top: 0, bottom: 0, height: 0 };
    const box = contents.matches(":popover-open") ? contents : contents.parentElement;
    const room = box.getBoundingClientRect();
    if (height && (top < room.top + 60 || bottom > room.bottom)) box.scrollTop += top - room.top - room.height / 3;
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "-5% 0px -60%" });
  for (const heading of $("article :is(h2, h3)[id]")) watch.observe(heading);
  contents.addEventListener("toggle", (event) => {
    marked?.removeAttribute("aria-current");
    marked = undefined;
    if (event.newState === "open") mark();
  });
  contents.addEventListener("click", (event) => event.target.closest("a") && contents.matches(":popover-open") && contents.hidePopover());
}

// The mark after a heading is a link to it; with script it also copies its full address. The buttons of a citation
// copy an address, or the text of an element.
for (const control of $(".headerlink, [data-copy]")) {
  if (control.ariaLabel) control.title = control.ariaLabel;
  control.addEventListener("click", async () => (await loadWithStyle("copy")).copy(control));
}

// The menu and the contents cover the page while they are open: they have the focus, or close. Said here: in the HTML
// it would ask for the focus when the page is loaded.
for (const panel of $("[popover]")) {
  panel.querySelector(".close").autofocus = true;
  panel.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !panel.contains(relatedTarget) && panel.matches(":popover-open")) panel.hidePopover();
  });
}

// Light, dark, or as the system says: chosen in the menu, kept for the next pages (colours.js).
for (const choice of $("input[name=colours]")) {
  choice.checked = choice.value === (document.documentElement.dataset.colours ?? "");
  choice.addEventListener("change", () => {
    document.documentElement.dataset.colours = choice.value;
    try {
      if (choice.value) localStorage.setItem("colours", choice.value);
      else localStorage.removeItem("colours");
    } catch {
      // no storage here: it holds for this page
    }
  });
}

// The search: nothing of it is loaded before it is opened.
const opener = document.querySelector("[data-search]");
if (opener) {
  // Its words come beside its script.
  let dialog;
  const failed = Object.assign(document.createElement("p"), { role: "alert" });
  const own = new URL(document.documentElement.lang === "en" ? "../../" : `../../${document.documentElement.lang}/`, import.meta.url).href;
  const open = async (query) => {
    failed.remove();
    dialog ??= fetch(`${own}data/search-dialog.json`).then((answer) => answer.json());
    try {
      const [{ openSearch }, html] = await Promise.all([loadWithStyle("search-dialog"), dialog]);
      openSearch(opener, html, query);
    } catch {
      dialog = undefined; // no network: to be asked for again
      failed.textContent = `${opener.dataset.failed} `;
      // The worker answers a page that it does not have with those that it has.
      const list = Object.assign(document.createElement("a"), { href: `${own}offline/`, textContent: opener.dataset.kept });
      if (!navigator.onLine && navigator.serviceWorker?.controller) failed.append(list);
      document.querySelector(".site-header").append(failed);
    }
  };
  opener.addEventListener("click", () => open());
  document.addEventListener("ask", ({ detail }) => open(detail)); // from a finder that found nothing
  // A key alone can be pressed by mistake, or by speech: the dialog has the choice to switch it off (WCAG 2.1.4).
  const byKey = () => storedChoice("search-key") !== "off";
  if (byKey()) opener.setAttribute("aria-keyshortcuts", "/");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && byKey() && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    }
  });
}

// The finder of cases, instruments or sources, once the list is painted, and the tables that can be sorted.
if (document.querySelector("[data-finder]")) requestAnimationFrame(() => setTimeout(load, 0, "finder"));
if (document.querySelector("[data-sortable]")) load("sort");

// Terms and notes: when what they stand for shows on the spot (bubbles.js): at a hover, at the focus, at a tap. A second
// tap follows the link.
const showBubble = async (link) => (await loadWithStyle("bubbles")).show(link);
for (const link of $("a:is(.term, .footnote-ref)")) {
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && showBubble(link));
  link.addEventListener("focus", () => showBubble(link));
  let tapped = false;
  link.addEventListener("blur", () => (tapped = false));
  link.addEventListener("click", (event) => {
    if (event.pointerType === "touch" && !tapped && !link.hasAttribute("aria-describedby")) {
      event.preventDefault();
      tapped = true;
      showBubble(link);
    }
  });
}

// Pages once read open without a network too (../sw.js), unless the reader said no: the button on the page About.
const workers = navigator.serviceWorker;
if (workers && document.querySelector("[data-offline]")) load("offline");
if (workers && ![undefined, "off"].includes(storedChoice("offline"))) {
  // A worker that takes over says so. It has not seen this page: what the page has used passes by it, from the cache.
  workers.addEventListener("message", () => {
    const used = performance.getEntriesByType("resource").map((entry) => entry.name);
    for (const url of [location.href, ...used]) fetch(url, { cache: "force-cache" }).catch(() => {});
  });
  addEventListener("load", () => workers.register(new URL("../../sw.js", import.meta.url)).catch(() => {}));
}
