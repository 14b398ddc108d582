// The choice, on the page About, to keep the pages one has read for reading without a network (../sw.js), or not to.

const button = document.querySelector("[data-offline]");
const said = document.querySelector("[data-offline-said]");
const root = new URL("../../", import.meta.url).href;

function showChoice(changed = false) {
  const off = localStorage.getItem("offline") === "off";
  button.textContent = off ? button.dataset.keep : button.dataset.forget;
  button.parentElement.hidden = false;
  if (changed) said.textContent = off ? said.dataset.forgotten : said.dataset.kept;
}

async function forgetPages() {
  localStorage.setItem("offline", "off");
  await (await navigator.serviceWorker.getRegistration(root))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`kept ${root} `)) await caches.delete(name);
}

async function keepPages() {
  localStorage.removeItem("offline");
  const registration = await navigator.serviceWorker.register(`${root}sw.js`);
  registration.active?.postMessage("keep"); // the one that was told to forget may still be there
}

button.addEventListener("click", async () => {
  await (localStorage.getItem("offline") === "off" ? keepPages() : forgetPages());
  showChoice(true);
});
showChoice();

// All pages of this language, and the files that they need (scripts/web/offline.py): each is asked for once, and the
// worker keeps what passes by.
const all = document.querySelector("[data-keep-all]");
all.parentElement.hidden = false;
all.addEventListener("click", async () => {
  const status = all.nextElementSibling;
  all.disabled = true;
  try {
    if (localStorage.getItem("offline") === "off") await keepPages();
    await navigator.serviceWorker.ready;
    const own = document.documentElement.lang === "en" ? "" : `${document.documentElement.lang}/`;
    const { pages, files } = await (await fetch(`${root}${own}data/offline.json`)).json();
    const paths = [...pages, ...files];
    for (let i = 0; i < paths.length; i += 6) {
      const answers = await Promise.all(paths.slice(i, i + 6).map((path) => fetch(root + path)));
      if (!answers.every((answer) => answer.ok)) throw new Error();
    }
    status.textContent = status.dataset.kept.replace("{}", pages.length);
    showChoice();
  } catch {
    status.textContent = status.dataset.failed;
  }
  all.disabled = false;
});
