// Before the first paint: the reader's own size of words, and that scripts run here.
(() => {
  const root = document.documentElement;
  root.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) {
    root.classList.add("govuk-frontend-supported");
  }
  try {
    const size = localStorage.getItem("text-size");
    if (size === "large" || size === "larger") root.dataset.text = size;
  } catch {
    // a browser that keeps nothing: the usual size
  }
})();
