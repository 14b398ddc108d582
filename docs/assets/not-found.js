// The 404 page is one file for every address: keep the language that the address asks for.
const root = new URL(document.querySelector("[data-root]").dataset.root, location.href).pathname;
const wanted = location.pathname.startsWith(`${root}fr/`) ? "fr" : "en";
document.documentElement.lang = wanted;
for (const way of document.querySelectorAll("[data-not-found]")) if (way.dataset.notFound !== wanted) way.remove();
