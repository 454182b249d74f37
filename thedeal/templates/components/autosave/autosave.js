// Saves a form on every pause. Typing never waits for it; nothing typed is dropped: a
// save that fails is tried again, and leaving with something unsaved asks first. Where
// this device has a PIN, what is typed is kept on it too, locked, until it was sent.

import { hold, letGo } from "./device.js";
import { SignedOut, whoIsHere } from "./sending.js";

const PAUSE_MS = 600;
const LONG_PAUSE_MS = 20000;
const RETRY_MS = 5000;
const LONGEST_MS = 20000;
const BOXES = ["words", "saw_heard", "exact_words", "felt"];

function written(form) {
  const boxes = BOXES.map((box) => [box, form.elements[box]?.value ?? ""]);
  const { called = "" } = form.dataset;
  return { called, boxes: Object.fromEntries(boxes), revision: form.elements.revision.value };
}

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
  let held = Promise.resolve(null);
  let isHeld = false;
  let typedEarly = false;
  const slot = crypto.randomUUID?.();

  /** Keep it here too, one after another, so that the last typed is the last kept. */
  function keepHere() {
    if (!form.dataset.talk || !slot) return;
    const value = written(form);
    held = held.then(() => hold(slot, form.dataset.talk, value)).catch(() => null);
    held.then((stamp) => {
      isHeld = Boolean(stamp);
    });
  }

  async function save(pause) {
    keepHere();
    if (saving) return;
    saving = true;
    dirty = false;
    const here = held;
    const body = new FormData(form);
    if (pause) body.append("pause", "1");
    say(form, "saving", "Saving");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-Requested-With": "autosave" },
        keepalive: true,
        redirect: "manual",
        signal: AbortSignal.timeout(LONGEST_MS),
      });
      await heard(answer, await here);
    } catch {
      await later();
    } finally {
      saving = false;
      if (dirty) soon();
    }
  }

  async function heard(answer, stamp) {
    if (answer.ok) {
      const { revision } = await answer.json();
      form.elements.revision.value = revision;
      if (stamp) await letGo(slot, stamp);
      say(form, "saved", "Saved");
      if (typedEarly) form.elements.words?.dispatchEvent(new Event("caught-up"));
      typedEarly = false;
    } else if (answer.status === 409) {
      say(form, "failed", "Changed in another window: press Save to see both.");
    } else {
      await later(await signedOut());
    }
  }

  /** Whether nobody is signed in; whoever has just signed in has another token. */
  async function signedOut() {
    try {
      form.elements.csrfmiddlewaretoken.value = (await whoIsHere()).token;
      return false;
    } catch (error) {
      return error instanceof SignedOut;
    }
  }

  async function later(isOut = false) {
    dirty = true;
    const why = isOut ? "You are signed out: sign in in another window. " : "Not saved yet. ";
    const where = (await held) ? "It is kept on this device, locked; we keep trying." : "Keep this page open; we keep trying.";
    say(form, "failed", why + where);
    clearTimeout(timer);
    timer = setTimeout(save, RETRY_MS);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
    clearTimeout(cutLater);
    cutLater = setTimeout(() => save(true), LONG_PAUSE_MS);
  }

  function typed() {
    dirty = true;
    isHeld = false;
    say(form, "waiting", "Typing");
    soon();
  }

  form.addEventListener("input", typed);
  // quick hands type before this is loaded; a browser brings back what was typed
  const boxes = BOXES.map((box) => form.elements[box]).filter(Boolean);
  typedEarly = boxes.some((box) => box.value !== box.defaultValue);
  if (typedEarly) typed();
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
    clearTimeout(cutLater);
  });
  addEventListener("beforeunload", (event) => {
    if (!dirty) return;
    save();
    if (!isHeld) event.preventDefault();
  });
}

export function start(scope) {
  for (const form of scope.querySelectorAll("[data-autosave-form]")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "yes";
    keeper(form);
  }
}
