// The choice, on the page About, to keep the pages one has read for reading without a network (../sw.js), or not to.

const button = document.querySelector("[data-offline]");
const said = document.querySelector("[data-offline-said]");
const root = new URL("../", import.meta.url).href;

function show(changed = false) {
  const off = localStorage.getItem("offline") === "off";
  button.textContent = off ? button.dataset.keep : button.dataset.forget;
  button.parentElement.hidden = false;
  if (changed) said.textContent = off ? said.dataset.forgotten : said.dataset.kept;
}

async function forget() {
  localStorage.setItem("offline", "off");
  await (await navigator.serviceWorker.getRegistration(root))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`kept ${root} `)) await caches.delete(name);
}

async function keep() {
  localStorage.removeItem("offline");
  const registration = await navigator.serviceWorker.register(`${root}sw.js`);
  registration.active?.postMessage("keep"); // the one that was told to forget may still be there
}

button.addEventListener("click", async () => {
  await (localStorage.getItem("offline") === "off" ? keep() : forget());
  show(true);
});
show();
