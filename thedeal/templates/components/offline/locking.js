// Locks words so that only who knows this device's PIN can read them (ADR 0012).
//
// Locking needs no PIN: a public key does it, so nobody is asked for a PIN at each
// pause. The private key is itself locked, under a key made slowly from the PIN.

const SPINS = 600000; // OWASP's least for PBKDF2 with SHA-256
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const bytes = (text) => new TextEncoder().encode(text);
const random = (n_bytes) => crypto.getRandomValues(new Uint8Array(n_bytes));

/** Whether this browser can lock anything: it does so only over a safe connection. */
export const canLock = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

async function keyOfPin(pin, { salt, spins }) {
  const typed = bytes(pin.normalize("NFKC"));
  const raw = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: spins };
  const kind = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(how, raw, kind, false, ["wrapKey", "unwrapKey"]);
}

async function keyBetween(own, theirs, salt) {
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const raw = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: bytes("words on this device") };
  const kind = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(how, raw, kind, false, ["encrypt", "decrypt"]);
}

/**
 * Make a lock for a PIN; all of it may lie about in the open.
 * @param {string} pin
 * @returns {Promise<object>}
 */
export async function newLock(pin) {
  const lock = { salt: random(16), iv: random(12), spins: SPINS };
  const key = await keyOfPin(pin, lock);
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const how = { name: "AES-GCM", iv: lock.iv };
  lock.closed = await crypto.subtle.wrapKey("pkcs8", pair.privateKey, key, how);
  lock.open = await crypto.subtle.exportKey("spki", pair.publicKey);
  return lock;
}

/**
 * Give what opens words under this lock, or null where the PIN is another.
 * @returns {Promise<CryptoKey|null>}
 */
export async function openLock(lock, pin) {
  const key = await keyOfPin(pin, lock);
  const how = { name: "AES-GCM", iv: lock.iv };
  try {
    return await crypto.subtle.unwrapKey(
      "pkcs8", lock.closed, key, how, CURVE, false, ["deriveBits"],
    );
  } catch {
    return null;
  }
}

/** Lock a value under a lock; `id` is bound in, so that no two can be swapped. */
export async function seal(lock, id, value) {
  const once = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const open = await crypto.subtle.importKey("spki", lock.open, CURVE, false, []);
  const [salt, iv] = [random(16), random(12)];
  const key = await keyBetween(once.privateKey, open, salt);
  const how = { name: "AES-GCM", iv, additionalData: bytes(id) };
  const words = await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(value)));
  const from = await crypto.subtle.exportKey("spki", once.publicKey);
  return { salt, iv, words, from };
}

/** Give the value that was sealed; throws where anything of it was changed. */
export async function unseal(opener, id, { salt, iv, words, from }) {
  const once = await crypto.subtle.importKey("spki", from, CURVE, false, []);
  const key = await keyBetween(opener, once, salt);
  const how = { name: "AES-GCM", iv, additionalData: bytes(id) };
  const plain = await crypto.subtle.decrypt(how, key, words);
  return JSON.parse(new TextDecoder().decode(plain));
}
