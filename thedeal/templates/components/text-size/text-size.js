// The size of the words, chosen at the foot of the page and kept on this device alone.

export function start(scope) {
  for (const box of scope.querySelectorAll("[data-text-size]")) {
    box.hidden = false;
    const buttons = [...box.querySelectorAll("button")];
    const show = () => {
      const now = document.documentElement.dataset.text ?? "";
      for (const button of buttons) {
        button.setAttribute("aria-pressed", String(button.dataset.size === now));
      }
    };
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      document.documentElement.dataset.text = button.dataset.size;
      try {
        localStorage.setItem("text-size", button.dataset.size);
      } catch {
        // a browser that keeps nothing: the size holds for this page
      }
      show();
    });
    show();
  }
}
