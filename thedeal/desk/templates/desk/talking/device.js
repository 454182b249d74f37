// Opens the desk's conversations with no signal: gives the one empty page that this
// device keeps. It keeps no answer that was drawn for somebody who is signed in.

const KEPT = "talks-{{ version }}";
const PAGE = "{{ url("desk:device") }}";
const LONGEST_MS = 6000;
const SLOWEST_MS = 30000;
const NEEDED = [
  /(?:src|href)="(\/static\/[^"]+)"/g,
  /(?:from|import)\s*"(\.[^"]+)"/g,
  /url\("?([^"):]+)"?\)/g,
];

/** Fetch an address and whatever it needs, once each; as nobody, so of nobody. */
async function fill(cache, address, seen) {
  if (seen.has(address)) return;
  seen.add(address);
  const answer = await fetch(address, { credentials: "omit", cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  const kind = answer.headers.get("content-type") ?? "";
  await cache.put(address, answer.clone());
  if (!/html|javascript|css/.test(kind)) return;
  const text = await answer.text();
  for (const pattern of NEEDED) {
    for (const [, found] of text.matchAll(pattern)) {
      await fill(cache, new URL(found, address).href, seen);
    }
  }
}

async function take() {
  const cache = await caches.open(KEPT);
  await fill(cache, new URL(PAGE, location.origin).href, new Set());
  await skipWaiting();
}

async function leaveOld() {
  for (const name of await caches.keys()) {
    if (name.startsWith("talks-") && name !== KEPT) await caches.delete(name);
  }
  await clients.claim();
}

const kept = (address) => caches.match(address, { ignoreVary: true, cacheName: KEPT });
const after = (ms) => new Promise((done) => setTimeout(done, ms));
const failAfter = (ms) => after(ms).then(() => Promise.reject(new Error("late")));

/** Fail once the signal is too weak to wait for; a slow page alone is waited for longer. */
async function late() {
  await after(LONGEST_MS);
  const small = fetch(PAGE, { method: "HEAD", cache: "no-store", credentials: "omit" });
  await Promise.race([small, failAfter(LONGEST_MS)]);
  await failAfter(SLOWEST_MS);
}

addEventListener("install", (event) => event.waitUntil(take()));
addEventListener("activate", (event) => event.waitUntil(leaveOld()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(Promise.race([fetch(request), late()]).catch(() => kept(PAGE)));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(async () => (await kept(request.url)) ?? Response.error()));
  }
});
