// On the desk's pages: lets a worker choose a PIN for this device, says what waits on
// it, and asks before signing out while something does.

import { canLock } from "./locking.js";
import { choosePin, LEAST_PIN, lockHere, waiting } from "./device.js";

const SCRIPT = "/desk/talks/device.js";
const ASK = "Something you wrote on this device is not sent yet. It stays here, locked, until you sign in again and send it. Sign out now?";

async function show(box) {
  const [lock, rows] = [await lockHere(), await waiting()];
  const strange = lock?.worker && lock.worker !== box.dataset.worker;
  box.querySelector("[data-offline-choose]").hidden = Boolean(lock);
  box.querySelector("[data-offline-ready]").hidden = !lock || strange;
  box.querySelector("[data-offline-strange]").hidden = !strange;
  box.querySelector("[data-offline-waiting]").hidden = strange || rows.length === 0;
  box.hidden = false;
}

async function choose(box, input) {
  const said = box.querySelector("[role=status]");
  const pin = input.value.trim();
  if (pin.length < LEAST_PIN) {
    said.textContent = `Choose at least ${LEAST_PIN} characters.`;
    input.focus();
    return;
  }
  await choosePin(pin, box.dataset.worker);
  input.value = "";
  said.textContent = "Done. What you write here is kept when the signal goes.";
  await show(box);
}

function keep(box) {
  const input = box.querySelector("input");
  box.querySelector("[data-offline-choose] button").addEventListener("click", () => choose(box, input));
  navigator.serviceWorker?.register(SCRIPT).catch(() => {});
  show(box);
}

function askFirst(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sure) return;
    event.preventDefault();
    const rows = await waiting().catch(() => []);
    if (rows.length && !confirm(ASK)) return;
    form.dataset.sure = "yes";
    form.submit();
  });
}

export function start(scope) {
  if (!canLock()) return;
  for (const box of scope.querySelectorAll("[data-offline]")) {
    if (box.dataset.ready) continue;
    box.dataset.ready = "yes";
    keep(box);
  }
  for (const form of scope.querySelectorAll("form[action$='/logout/']")) {
    if (form.dataset.asks) continue;
    form.dataset.asks = "yes";
    askFirst(form);
  }
}
