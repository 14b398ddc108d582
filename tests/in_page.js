// What tests do in a page: put into each page before its own scripts (`tab` in conftest.py).

// Every breach of the policy, whatever the browser itself would say, and every cookie is said on the console.
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${location} ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
Object.defineProperty(document, "cookie", { set: (text) => console.error(`policy: ${location} cookie ${text}`) });

const search = async () => {
  const module = await import(new URL("search.js", document.querySelector("link[rel=stylesheet]").href));
  await module.ready();
  return module.find;
};

// The spacing that a reader may set (WCAG 1.4.12).
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

window.tests = {
  shifts: [], // how far what is shown has moved
  painted: new Promise((done) => new PerformanceObserver(() => done()).observe({ type: "paint" })),

  // How many pages a query finds, and its results in their order, each with the addresses that it offers: its own, then
  // those of its sections. Then the titles of the results.
  async find(query) {
    const { count, results } = await (await search())(query);
    const offered = results.map(({ url, sections = [] }) => [url, ...sections.map((section) => section.url)]);
    return [count, offered, results.map(({ title }) => title)];
  },

  // The number beside each choice that narrows a query, and how many results it leaves.
  async choices(query) {
    const find = await search();
    const said = [], left = [];
    for (const [name, values] of Object.entries((await find(query)).filters)) {
      for (const [value, count] of Object.entries(values)) {
        said.push(count);
        left.push((await find(query, { [name]: value })).count);
      }
    }
    return [said, left];
  },

  // The addresses that the service worker keeps, each with the name of its cache.
  async kept() {
    const kept = (await caches.keys()).map(async (name) =>
      (await (await caches.open(name)).keys()).map(({ url }) => [name, url]));
    return (await Promise.all(kept)).flat();
  },

  // What begins at another height than its translation beside it, or has not its id.
  askew() {
    return [...document.querySelectorAll(".pair > :first-child :is(li, tr, .glossary > div)")].filter((node) => {
      if (!node.checkVisibility()) return false; // in a folded box
      const inner = (root) => [...root.querySelectorAll("li, tr, .glossary > div")];
      const [here, there] = [...node.closest(".pair").children].map(inner);
      if (here.length !== there.length) return true;
      const other = there[here.indexOf(node)];
      const wrong = node.id && other.id !== `other-${node.id}`;
      return wrong || Math.abs(node.getBoundingClientRect().top - other.getBoundingClientRect().top) > 1;
    }).map((node) => node.textContent.trim().slice(0, 40));
  },

  // Axe takes long over long pages, and most say again what another one has said: items, rows, paragraphs and notes go
  // that hold no element that is not `seen`, told by what it is, what is around it and the colour of its lever. Gives
  // what is new on the page.
  prune(seen) {
    const known = new Set(seen);
    const visit = (element, around) => {
      const states = element.getAttributeNames().filter((name) => /^(aria-|data-|hidden)/.test(name)).sort();
      const given = ["class", "role", "tabindex"].map((name) => element.getAttribute(name));
      const chain = [around, element.localName, ...given, states].join("|");
      const coloured = `${chain} ${element.dataset.lever}`;
      let fresh = !known.has(coloured);
      known.add(coloured);
      for (const child of [...element.children]) fresh = visit(child, chain) || fresh;
      const said = ":is(li, tbody > tr, dl > div, p, sup, details):not(:first-child)";
      if (!fresh && element.matches(said)) element.remove();
      return fresh;
    };
    visit(document.body, "");
    return [...known].slice(seen.length);
  },

  // What a narrow window would have to scroll sideways for, or cuts, as it is and spaced out.
  clipped() {
    const wide = document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px`] : [];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SPACING);
    document.adoptedStyleSheets = [sheet];
    const clipped = [...document.querySelectorAll("body *")].filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      return element.clientWidth > 1
        && ((hides(overflowX) && element.scrollWidth > element.clientWidth + 1)
          || (hides(overflowY) && element.scrollHeight > element.clientHeight + 1));
    }).map((element) => `${element.tagName}.${element.className}`);
    if (document.documentElement.scrollWidth > innerWidth) clipped.push("spaced out, too wide");
    document.adoptedStyleSheets = [];
    return [...wide, ...clipped];
  },

  // What is wrong with what has the focus: no outline shows it, it lies under the header that stays in view, or it is
  // not what the eye sees at the middle of one of its lines. Null when the focus has left the page.
  focused() {
    const element = document.activeElement;
    if (element === document.body) return null;
    const box = element.getBoundingClientRect();
    const header = document.querySelector("body:not(:has(dialog[open])) .site-header");
    const below = header && !header.contains(element) && element.className !== "skip" && box.height < innerHeight;
    const parts = element.closest("svg") ? [...element.children] : [element]; // a mark of the map and, apart, its name
    const seen = parts.flatMap((part) => [...part.getClientRects()]).some((line) => {
      const y = Math.min(line.top + line.height / 2, innerHeight - 1);
      const top = document.elementFromPoint(line.left + line.width / 2, y);
      return top && (element.contains(top) || top.contains(element));
    });
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const wrong = [
      outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? ["no outline"] : [],
      below && header.getBoundingClientRect().bottom - box.top > 1.5 ? ["under the header"] : [],
      seen ? [] : ["something is over it"],
    ].flat();
    return wrong.map((what) => `${element.className} “${element.textContent.trim().slice(0, 30)}”: ${what}`);
  },
};

new PerformanceObserver((list) => window.tests.shifts.push(...list.getEntries().map((shift) => shift.value)))
  .observe({ type: "layout-shift", buffered: true });
