// The page that opens with no signal: a PIN, what waits, and a box to write in.
//
// It comes from this device and holds nothing of anybody until a PIN has opened what
// is kept here. It never sends over what somebody else wrote: both texts are shown.

import * as device from "./device.js";
import { Refused, send, SignedOut, turnAfter, whoIsHere } from "./sending.js";

const TRY_AGAIN_MS = 3000; // a phone does not always say that the signal is back
const ASKED_FOR = /^\/desk\/talks\/([0-9a-f-]{36})\/$/;
const BOXES = ["words", "saw_heard", "exact_words", "felt"];

class DevicePage {
  constructor(root) {
    this.root = root;
    this.said = root.querySelector("[data-said]");
    this.form = this.part("write").querySelector("form");
    this.talk = ASKED_FOR.exec(location.pathname)?.[1] ?? "";
    this.on("choose", () => this.choose());
    this.on("open", () => this.open());
    this.on("begin", () => this.write({ is_new: true }));
    this.on("send", () => this.sendAll());
    this.on("list", () => this.list());
    this.on("together", () => this.together());
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("online", () => this.opener && !this.theirs && this.sendAll());
    addEventListener("beforeunload", (event) => this.isKeeping() && event.preventDefault());
    setInterval(() => this.tryAgain(), TRY_AGAIN_MS);
    this.first();
  }

  /** Send what waits where nobody is in the middle of a word. */
  async tryAgain() {
    if (!this.opener) return this.goThere();
    const isBusy = !this.opener || this.theirs || this.isKeeping() || this.typedSince;
    this.typedSince = false;
    if (isBusy || !navigator.onLine || !this.canTry) return;
    if ((await device.waiting()).length) await this.sendAll();
  }

  /** Where nothing waits here for the conversation asked for, open it with the signal. */
  async goThere() {
    const isTyping = [...this.root.querySelectorAll("input")].some((input) => input.value);
    if (!this.talk || isTyping || this.isGoing || !navigator.onLine) return;
    if ((await device.waiting()).some((row) => row.talk === this.talk)) return;
    try {
      await whoIsHere();
      this.go(this.talk);
    } catch {
      // signed out, or the signal is still away: the page stays, and is tried again
    }
  }

  /** Open a conversation, and ask once: asking again would begin a slow page anew. */
  go(talk) {
    this.isGoing = true;
    location.assign(`/desk/talks/${talk}/`);
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  on(name, act) {
    for (const button of this.root.querySelectorAll(`[data-do="${name}"]`)) {
      button.addEventListener("click", act);
    }
  }

  turnTo(name) {
    for (const part of this.root.querySelectorAll("[data-part]")) {
      part.hidden = part.dataset.part !== name;
    }
    this.part(name).querySelector("h2, input, textarea")?.focus();
  }

  say(words) {
    this.said.textContent = words;
  }

  async first() {
    this.turnTo((await device.lockHere()) ? "pin" : "choose");
  }

  async choose() {
    const input = this.part("choose").querySelector("input");
    if (input.value.trim().length < device.LEAST_PIN) {
      this.say(`Choose at least ${device.LEAST_PIN} characters.`);
      return;
    }
    await device.choosePin(input.value.trim(), "");
    await this.tried(input);
  }

  open() {
    return this.tried(this.part("pin").querySelector("input"));
  }

  async tried(input) {
    this.say("Opening");
    const { opener, left } = await device.tryPin(input.value.trim());
    input.value = "";
    if (opener) {
      this.opener = opener;
      this.say("");
      await this.goOn();
    } else if (left > 0) {
      this.say(`That is not the PIN. ${left} ${left === 1 ? "try" : "tries"} left.`);
    } else {
      this.say("That was the last try. Everything kept on this device was wiped.");
      await this.first();
    }
  }

  /** Open what was being written in this conversation, or show all that waits. */
  async goOn() {
    const mine = (await device.waiting()).filter((row) => row.talk === this.talk);
    if (mine.length) this.edit(await device.read(this.opener, mine.at(-1)));
    else if (this.talk) this.write({ talk: this.talk });
    else await this.list();
  }

  async list() {
    if (this.isKeeping()) await this.keep();
    const found = this.part("list").querySelector("ul");
    const rows = await device.waiting();
    found.replaceChildren();
    for (const row of rows) {
      const opened = await device.read(this.opener, row);
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button-quiet";
      const start = Object.values(opened.value.boxes).join(" ").slice(0, 60);
      button.textContent = `${opened.value.called || "Somebody I met"}: ${start}`;
      button.addEventListener("click", () => this.edit(opened));
      line.append(button);
      found.append(line);
    }
    this.part("list").querySelector("[data-none]").hidden = rows.length > 0;
    this.turnTo("list");
  }

  write({ talk = "", is_new = false }) {
    const boxes = Object.fromEntries(BOXES.map((box) => [box, ""]));
    const value = { is_new, called: "", boxes, revision: 0, turn: 0 };
    this.edit({ id: crypto.randomUUID(), talk: talk || crypto.randomUUID(), value });
  }

  edit(row, theirs = null) {
    this.row = row;
    this.theirs = theirs;
    for (const box of BOXES) this.form.elements[box].value = row.value.boxes[box] ?? "";
    this.form.elements.called.value = row.value.called ?? "";
    this.form.querySelector("[data-called]").hidden = !row.value.is_new;
    const beside = this.part("write").querySelector("[data-theirs]");
    beside.hidden = !theirs;
    beside.querySelector("div").replaceChildren(...paragraphs(theirs ?? {}));
    this.turnTo("write");
  }

  /** Put the other text before this one in each box, to be read over and sent. */
  together() {
    for (const box of BOXES) {
      const [theirs, mine] = [this.theirs[box] ?? "", this.form.elements[box].value];
      if (theirs) this.form.elements[box].value = [theirs, mine].filter(Boolean).join("\n\n");
    }
    this.soon();
  }

  /** Keep each letter as it is typed: nobody waits for the locking, nor does it wait. */
  soon() {
    this.typedSince = this.canTry = true;
    this.timer ||= setTimeout(() => this.keep(), 0);
    this.say("Typing");
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { id, talk, value } = this.row;
    for (const box of BOXES) value.boxes[box] = this.form.elements[box].value;
    value.called = this.form.elements.called.value;
    value.turn = turnAfter(value.turn);
    const { row, kept = Promise.resolve() } = this;
    const typed = structuredClone(value);
    this.kept = kept.then(() => device.hold(id, talk, typed));
    const mine = this.kept;
    row.stamp = await mine;
    if (this.kept !== mine) return;
    this.kept = undefined;
    this.say("Kept on this device, locked. It is not sent yet.");
  }

  isKeeping() {
    return Boolean(this.timer || this.kept);
  }

  async sendAll() {
    if (this.sending) return;
    this.sending = true;
    this.canTry = false;
    if (this.isKeeping() || this.theirs) await this.keep();
    this.say("Sending");
    try {
      await this.sendEach();
    } catch (error) {
      // only a signal that is still away may be back in a moment
      this.canTry = !(error instanceof SignedOut || error instanceof Refused);
      this.say(whyNot(error));
    } finally {
      this.sending = false;
    }
  }

  async sendEach() {
    const here = await whoIsHere();
    const { worker } = await device.lockHere();
    if (worker && worker !== here.worker) {
      this.say("Another worker wrote this. Sign in as them to send it; it is safe here.");
      return;
    }
    if (!worker) await device.belongTo(here.worker);
    for (const locked of await device.waiting()) {
      const row = await device.read(this.opener, locked);
      const team = row.value.is_new ? this.teamOf(here.teams) : "";
      if (team === null) return;
      const { conflict } = await send(row, { token: here.token, team });
      if (conflict) {
        row.value.revision = conflict.revision;
        row.value.is_new = false;
        this.edit(row, conflict.theirs);
        this.say("This was written in elsewhere too. Both are here: put together what should stand, and send it.");
        return;
      }
      await device.letGo(row.id, row.stamp);
    }
    await this.sent();
  }

  /** Give the team that what was begun here is for; null, and ask, where it may be any. */
  teamOf(teams) {
    const box = this.root.querySelector("[data-team]");
    const select = box.querySelector("select");
    if (select.value || teams.length < 2) return select.value || teams[0]?.id || "";
    box.hidden = false;
    select.replaceChildren(...[{ id: "", name: "" }, ...teams].map(({ id, name }) => new Option(name, id)));
    select.focus();
    this.say("For which of your teams is this? Choose, and press Send.");
    return null;
  }

  async sent() {
    this.theirs = null;
    const still = (await device.waiting()).length;
    if (still) return;
    const talk = this.row?.talk ?? this.talk;
    if (talk) this.go(talk);
    else await this.list();
    this.say("All sent, and wiped from this device.");
  }
}

function paragraphs(texts) {
  return Object.values(texts).map((text) => {
    const made = document.createElement("p");
    made.className = "words";
    made.textContent = text;
    return made;
  });
}

function whyNot(error) {
  if (error instanceof SignedOut) {
    return "You are signed out. Sign in in another window, then press Send. What you wrote is safe here.";
  }
  if (error instanceof Refused) {
    return "It could not be taken: you may not be alongside them any more. It stays here; ask whoever leads your team.";
  }
  return "There is no signal yet. It is kept on this device, locked; it is sent when you press Send with a signal.";
}

for (const root of document.querySelectorAll("[data-device]")) new DevicePage(root);
