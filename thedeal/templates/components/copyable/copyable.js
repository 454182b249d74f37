// A press copies the words beside it, and says so.

export function start(scope) {
  for (const box of scope.querySelectorAll("[data-copyable]")) {
    const input = box.querySelector("input");
    const button = box.querySelector("button");
    if (!navigator.clipboard || box.dataset.ready) continue;
    box.dataset.ready = "yes";
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(input.value);
      box.querySelector("[role=status]").textContent = "Copied";
      button.firstChild.textContent = "Copied";
      setTimeout(() => {
        button.firstChild.textContent = "Copy";
      }, 3000);
    });
  }
}
