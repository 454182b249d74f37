// Sends what was written here to the server, asking each time who is signed in.

const PLACE = "/desk/talks/";
const LONGEST_MS = 20000;
const FIRST_TURN_MS = Date.UTC(2026, 0, 1);
const AHEAD = 60; // turns: a page that goes down sends a few more than it kept here

/** Nobody is signed in here any more: nothing is lost, and nothing was sent. */
export class SignedOut extends Error {}
/** The server would not take it as it is; what was written stays on this device. */
export class Refused extends Error {}

/**
 * Give the turn after another, later by the clock too: what a page going down still sent
 * is then never newer than what was written on this device after it.
 */
export function turnAfter(last = 0) {
  return Math.max(last + 1, Math.floor((Date.now() - FIRST_TURN_MS) / 1000));
}

async function ask(path, options = {}) {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const answer = await fetch(PLACE + path, { ...options, redirect: "manual", signal });
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new SignedOut();
  // a server that is down or too busy is asked again later, as when there is no signal
  if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
  return answer;
}

/** Give who is signed in, their teams, and the token that a change must name. */
export async function whoIsHere() {
  const answer = await ask("device/who/");
  if (!answer.ok) throw new SignedOut();
  return answer.json();
}

function post(path, fields, token) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("csrfmiddlewaretoken", token);
  return ask(path, { method: "POST", body, headers: { "X-Requested-With": "autosave" } });
}

/**
 * Send one piece of writing.
 * @param {object} row as device.read gives it
 * @returns {Promise<{conflict?: object}>} with both texts where it was changed elsewhere
 */
export async function send({ id, talk, value }, { token, team }) {
  if (value.is_new) {
    const begun = await post(`${talk}/begin/`, { called: value.called, team }, token);
    if (!begun.ok) throw new Refused();
  }
  const { revision, turn } = value;
  const fields = { ...value.boxes, revision, page: id, turn: turn + AHEAD };
  const saved = await post(`${talk}/save/`, fields, token);
  if (saved.status === 409) return { conflict: await saved.json() };
  if (!saved.ok) throw new Refused();
  return {};
}
