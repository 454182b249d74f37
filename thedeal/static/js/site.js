// Starts what a page has. Everything here makes a page nicer; no page needs it.
import { initAll } from "./govuk-frontend.min.js";
import { start as startAutosave } from "./components/autosave.js";
import { start as startCopy } from "./components/copyable.js";
import { start as startMaps } from "./components/map.js";
import { start as startOffline } from "./components/offline.js";
import { start as startText } from "./components/text-size.js";

function start(scope) {
  for (const begin of [startText, startCopy, startMaps, startAutosave, startOffline]) begin(scope);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
start(document);

// a piece that htmx has just put into the page gets the same
document.body.addEventListener("htmx:load", (event) => {
  const piece = event.detail.elt;
  if (piece === document.body) return;
  initAll({ scope: piece });
  start(piece.parentElement ?? document);
});
