// Runs before the page is painted: the colours that the reader chose in the menu, if any, so that none flash.
try {
  document.documentElement.dataset.colours = localStorage.getItem("colours") ?? "";
} catch {
  // no storage here: the colours of the system
}
