// Saves a form on every pause. Typing never waits for it; nothing typed is dropped: a
// save that fails is tried again, and leaving with something unsaved asks first.

const PAUSE_MS = 600;
const LONG_PAUSE_MS = 20000;
const RETRY_MS = 5000;

function say(form, state, words) {
  const line = form.querySelector("[data-autosave]");
  if (!line) return;
  line.dataset.state = state;
  line.querySelector("[data-autosave-text]").textContent = words;
}

function keeper(form) {
  let timer = 0;
  let saving = false;
  let dirty = false;
  let cutLater = 0;

  async function save(pause) {
    if (saving) return;
    saving = true;
    dirty = false;
    const body = new FormData(form);
    if (pause) body.append("pause", "1");
    say(form, "saving", "Saving");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "autosave" },
        keepalive: true,
      });
      await heard(answer);
    } catch {
      later();
    } finally {
      saving = false;
      if (dirty) soon();
    }
  }

  async function heard(answer) {
    if (answer.ok) {
      const { revision } = await answer.json();
      form.elements.revision.value = revision;
      say(form, "saved", "Saved");
    } else if (answer.status === 409) {
      say(form, "failed", "Changed in another window: press Save to see both.");
    } else {
      later();
    }
  }

  function later() {
    dirty = true;
    say(form, "failed", "Not saved yet. Keep this page open; we keep trying.");
    clearTimeout(timer);
    timer = setTimeout(save, RETRY_MS);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
    clearTimeout(cutLater);
    cutLater = setTimeout(() => save(true), LONG_PAUSE_MS);
  }

  form.addEventListener("input", () => {
    dirty = true;
    say(form, "waiting", "Typing");
    soon();
  });
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
    clearTimeout(cutLater);
  });
  addEventListener("beforeunload", (event) => {
    if (!dirty) return;
    save();
    event.preventDefault();
  });
}

export function start(scope) {
  for (const form of scope.querySelectorAll("[data-autosave-form]")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "yes";
    keeper(form);
  }
}
