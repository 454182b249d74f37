// What waits on this device: one lock, and locked words until they are sent.
//
// In the open lie only random ids, times and whose device it is (an id); never a word,
// a name or a number. After MOST_TRIES wrong PINs everything here is wiped.

import { canLock, newLock, openLock, seal, unseal } from "./locking.js";

export const MOST_TRIES = 10;
export const LEAST_PIN = 6;
/** Told to the page once a PIN was chosen, so that what stands typed is kept at once. */
export const LOCKED = "device-locked";
const NAME = "the-deal-device";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("lock");
      asked.result.createObjectStore("words", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Do something in one transaction; give what it put in `answer.result`. */
async function within(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const deed = database.transaction(["lock", "words"], mode, { durability: "strict" });
      const answer = act(deed.objectStore("lock"), deed.objectStore("words"));
      deed.oncomplete = () => resolve(answer?.result);
      deed.onerror = deed.onabort = () => reject(deed.error);
    });
  } finally {
    database.close();
  }
}

/** Give this device's lock, or undefined where no PIN was chosen. */
export const lockHere = async () =>
  canLock() ? within("readonly", (lock) => lock.get("lock")) : undefined;

/** Choose the PIN of this device; `worker` is the id of whoever it is for. */
export async function choosePin(pin, worker) {
  const lock = { ...(await newLock(pin)), worker, tries: 0 };
  await within("readwrite", (store) => store.add(lock, "lock"));
  document.dispatchEvent(new Event(LOCKED));
  return lock;
}

/** Give all that waits, locked, the oldest first. */
export async function waiting() {
  if (!canLock()) return [];
  const found = await within("readonly", (_, words) => words.getAll());
  return found.sort((one, other) => one.at - other.at);
}

/** Lock words and keep them; give their stamp, or null where no PIN was chosen. */
export async function hold(id, talk, value) {
  const lock = await lockHere();
  if (!lock) return null;
  const stamp = crypto.randomUUID();
  const sealed = await seal(lock, id, value);
  const row = { id, talk, stamp, at: Date.now(), sealed };
  await within("readwrite", (_, words) => words.put(row));
  return stamp;
}

/** Wipe words that were sent, unless they have changed since that stamp. */
export async function letGo(id, stamp) {
  await within("readwrite", (_, words) => {
    const asked = words.get(id);
    asked.onsuccess = () => {
      if (asked.result?.stamp === stamp) words.delete(id);
    };
  });
}

/** Wipe the words and the lock. */
export const wipe = () =>
  within("readwrite", (lock, words) => {
    lock.clear();
    words.clear();
  });

/** Note whose device this is, once we know. */
export async function belongTo(worker) {
  const lock = await lockHere();
  await within("readwrite", (store) => store.put({ ...lock, worker }, "lock"));
}

/** Count a try before it is made, so that closing the page gains nothing. */
async function countTry() {
  let tries = 0;
  await within("readwrite", (store) => {
    const asked = store.get("lock");
    asked.onsuccess = () => {
      tries = asked.result.tries + 1;
      store.put({ ...asked.result, tries }, "lock");
    };
  });
  return tries;
}

/**
 * Try a PIN.
 * @returns {Promise<{opener: CryptoKey|null, left: number}>} `left` tries until a wipe
 */
export async function tryPin(pin) {
  const tries = await countTry();
  const lock = await lockHere();
  const opener = await openLock(lock, pin);
  if (opener) await within("readwrite", (store) => store.put({ ...lock, tries: 0 }, "lock"));
  else if (tries >= MOST_TRIES) await wipe();
  return { opener, left: MOST_TRIES - tries };
}

/** Give one that waits, opened: its row with its value as `value`. */
export const read = async (opener, row) => ({
  ...row,
  value: await unseal(opener, row.id, row.sealed),
});
