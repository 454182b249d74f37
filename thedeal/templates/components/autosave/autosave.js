// Saves a form on every pause. Typing never waits for it; nothing typed is dropped: a
// save that fails is tried again, and leaving with something unsaved asks first. Where
// this device has a PIN, what is typed is kept on it too, locked, until it was sent.

import { canLock } from "./locking.js";
import { hold, letGo, LOCKED } from "./device.js";
import { SignedOut, turnAfter, whoIsHere } from "./sending.js";

const PAUSE_MS = 600;
const LONGEST_WAIT_MS = 3000; // typing on and on is saved too
const LONG_PAUSE_MS = 20000;
const RETRY_MS = 5000;
const LONGEST_MS = 20000;
const MOST_KEPT_ALIVE = 50000; // a browser lets 64 KiB outlive the page, with its headers
const BOXES = ["words", "saw_heard", "exact_words", "felt"];
const NOT_BESIDE = "You are not alongside them any more. Copy what you wrote, and ask whoever leads your team.";
const PLACES = {
  held: "It is kept on this device, locked; we keep trying.",
  open: "Keep this page open; we keep trying.",
  choose: "Keep this page open, or choose a PIN on this page and it is kept on this device; we keep trying.",
};

class Keeper {
  constructor(form) {
    this.form = form;
    this.slot = crypto.randomUUID?.() ?? "";
    this.turn = 0;
    this.dirty = false; // something typed is not on its way to the server
    this.stuck = false; // it came to the server, which would not take it as it is
    this.unsent = "unsaved" in form.dataset; // the page came with what was not kept yet
    this.saving = 0;
    this.typings = 0;
    this.held = Promise.resolve(null);
    this.isHeld = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.pressed(event));
    document.addEventListener("click", (event) => this.followed(event));
    document.addEventListener("submit", (event) => this.elsewhere(event), true);
    addEventListener("beforeunload", (event) => this.leaving(event));
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    document.addEventListener(LOCKED, () => this.isUnsafe() && this.keepHere());
    addEventListener("online", () => this.isUnsafe() && this.save());
    this.early();
  }

  /** Quick hands type before this is loaded; a browser brings back what was typed. */
  early() {
    const boxes = BOXES.map((box) => this.form.elements[box]).filter(Boolean);
    this.typedEarly = boxes.some((box) => box.value !== box.defaultValue);
    if (this.typedEarly) this.typed();
    else if (this.unsent) this.keepHere();
  }

  isUnsafe() {
    return this.dirty || this.stuck || this.unsent || this.saving > 0;
  }

  say(state, words) {
    const line = this.form.querySelector("[data-autosave]");
    if (!line) return;
    line.dataset.state = state;
    line.querySelector("[data-autosave-text]").textContent = words;
  }

  typed() {
    this.dirty = true;
    this.isHeld = false;
    this.typings += 1;
    this.say("waiting", "Typing");
    this.keepSoon();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
    this.waited ??= setTimeout(() => this.save(), LONGEST_WAIT_MS);
    clearTimeout(this.cutLater);
    this.cutLater = setTimeout(() => this.save({ pause: true }), LONG_PAUSE_MS);
  }

  written() {
    const boxes = BOXES.map((box) => [box, this.form.elements[box]?.value ?? ""]);
    const { called = "" } = this.form.dataset;
    const revision = this.form.elements.revision.value;
    return { called, boxes: Object.fromEntries(boxes), revision, turn: turnAfter(this.turn) };
  }

  /** Keep it here as it is typed, but never two lockings at once. */
  keepSoon() {
    if (this.keeping) return;
    this.keeping = true;
    setTimeout(async () => {
      this.keeping = false;
      if (this.isUnsafe()) await this.keepHere();
    }, 0);
  }

  /** Keep it here too, one after another, so that the last typed is the last kept. */
  keepHere() {
    const { slot, typings } = this;
    const { talk } = this.form.dataset;
    if (!talk || !slot) return this.held;
    const value = this.written();
    this.held = this.held.then(() => hold(slot, talk, value)).catch(() => null);
    return this.held.then((stamp) => {
      if (typings === this.typings) this.isHeld = Boolean(stamp);
    });
  }

  /** Send what stands. The page that wrote last may write on: see writing.Page. */
  post({ pause = false } = {}) {
    clearTimeout(this.timer);
    clearTimeout(this.waited);
    this.waited = null;
    this.dirty = false;
    this.turn = turnAfter(this.turn);
    const body = new FormData(this.form);
    body.append("page", this.slot);
    body.append("turn", this.turn);
    if (pause) body.append("pause", "1");
    const { boxes } = this.written();
    const size = new TextEncoder().encode(Object.values(boxes).join("")).length;
    return fetch(this.form.action, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "autosave" },
      keepalive: size < MOST_KEPT_ALIVE,
      redirect: "manual",
      signal: AbortSignal.timeout?.(LONGEST_MS), // older browsers wait as long as they like
    });
  }

  async save(how = {}) {
    if (this.saving) {
      this.keepHere();
      return;
    }
    this.say("saving", "Saving");
    await this.send(how);
    if (this.dirty && !this.retry) this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  async send(how) {
    this.saving += 1;
    this.keepHere();
    const here = this.held;
    try {
      await this.heard(await this.post(how), await here);
    } catch {
      await this.later();
    } finally {
      this.saving -= 1;
    }
  }

  async heard(answer, stamp) {
    if (answer.ok) await this.safe(await answer.json(), stamp);
    else if (answer.status === 409) this.stop("Changed in another window: press Save to see both.");
    else if (answer.status === 404) this.stop(NOT_BESIDE, { canBeShown: false });
    else if (answer.status === 400) this.stop((await answer.json()).sentence);
    else await this.later(await this.whoElse());
  }

  /** Say why trying again would change nothing; what was typed stays. */
  stop(why, { canBeShown = true } = {}) {
    this.stuck = true;
    this.canBeShown = canBeShown;
    this.say("failed", why);
  }

  async safe({ revision }, stamp) {
    this.form.elements.revision.value = revision;
    this.stuck = this.unsent = false;
    if (stamp) await letGo(this.slot, stamp);
    if (!this.dirty) this.say("saved", "Saved");
    if (this.typedEarly) this.form.elements.words?.dispatchEvent(new Event("caught-up"));
    this.typedEarly = false;
  }

  /** Say why it was not taken: nobody is signed in, or somebody else is. */
  async whoElse() {
    try {
      const { token, worker } = await whoIsHere();
      const own = this.form.dataset.worker;
      if (own && worker !== own) return "Somebody else is signed in here now. Sign in as yourself again. ";
      this.form.elements.csrfmiddlewaretoken.value = token;
      return "";
    } catch (error) {
      return error instanceof SignedOut ? "You are signed out: sign in in another window. " : "";
    }
  }

  async later(why = "") {
    this.dirty = true;
    const isHeld = Boolean(await this.held);
    const place = isHeld ? "held" : this.offerPin() ? "choose" : "open";
    this.say("failed", (why || "Not saved yet. ") + PLACES[place]);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.retry = 0;
      this.save();
    }, RETRY_MS);
  }

  /** Open what lets a worker choose a PIN; say whether it is there to be chosen. */
  offerPin() {
    const choose = document.querySelector("[data-offline-choose]:not([hidden])");
    if (!choose || !canLock()) return false;
    for (const details of choose.querySelectorAll("details")) details.open = true;
    return true;
  }

  /** The button saves here, so that a page which cannot be sent is never left; one that
      leads on does so once what was typed is safe. */
  async pressed(event) {
    if (this.passing === this.form) return;
    event.preventDefault();
    const { submitter } = event;
    const { then } = this.form.dataset;
    await this.settled();
    if (this.stuck && this.canBeShown) this.showBoth();
    else if (this.isUnsafe()) return;
    else if (submitter?.name) this.pass(this.form, submitter);
    else if (then) location.assign(then);
  }

  /** Leave by a link once what was typed is safe; where it is not, leaving asks. */
  async followed(event) {
    const link = event.target.closest?.("a[href]");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || link.target || !this.isUnsafe() || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    await this.settled();
    location.assign(link.href);
  }

  /** The same for another form of the page. */
  async elsewhere(event) {
    const { target, submitter } = event;
    const isOurs = target === this.form || target === this.passing;
    if (isOurs || !this.isUnsafe()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await this.settled();
    this.pass(target, submitter);
  }

  pass(form, submitter) {
    this.passing = form;
    form.requestSubmit(submitter);
    this.passing = null;
  }

  /** Save what stands, after whatever is on its way. */
  async settled() {
    while (this.saving) await new Promise((done) => setTimeout(done, 50));
    if (!this.stuck) await this.save({ pause: true });
  }

  /** Go to the server's page with both texts; nothing is kept from being sent there. */
  showBoth() {
    this.isGoing = true;
    this.form.submit();
  }

  /** Send what is not on its way, whether or not an earlier save was answered. */
  flush() {
    if (this.dirty && !this.isGoing) this.send({});
  }

  leaving(event) {
    if (this.isGoing) return;
    const isAsked = this.isUnsafe() && !this.isHeld;
    this.flush();
    if (isAsked) event.preventDefault();
  }
}

export function start(scope) {
  for (const form of scope.querySelectorAll("[data-autosave-form]")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "yes";
    new Keeper(form);
  }
}
