/*
 * Keeps the page of a kitchen wall, so that a reload without contact still shows the last tickets. It answers from what
 * it kept only where the server can't be reached: whatever the server says, also "signed out" or "not found", is passed
 * on, and then the copy of that page is thrown away. What it never touches: other pages, the live stream, presses.
 */
const PAGES = 'wall-pages-1'
const FILES = 'wall-files-1'
/** A build's files have names of their own; so many are more than two builds have. */
const MOST_FILES = 200

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOtherVersions().then(() => self.clients.claim()))
})

self.addEventListener('message', (event) => {
  const { page, files } = event.data ?? {}
  if (typeof page !== 'string' || !Array.isArray(files)) return
  event.waitUntil(keepFirstLoad(page, files))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate' && isWall(url)) event.respondWith(openPage(event))
  else if (url.pathname.startsWith('/_next/static/')) event.respondWith(openFile(event))
})

const isWall = ({ pathname }) => /^\/kitchen\/[a-z0-9-]+$/.test(pathname)

async function dropOtherVersions() {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith('wall-') && name !== PAGES && name !== FILES)
  await Promise.all(others.map((name) => caches.delete(name)))
}

/** The page that registered this worker was loaded without it. */
async function keepFirstLoad(page, files) {
  const url = new URL(page)
  if (url.origin !== self.location.origin || !isWall(url)) return
  const answer = await fetch(page, { credentials: 'same-origin' }).catch(() => null)
  if (answer && isWhole(answer)) await (await caches.open(PAGES)).put(page, answer)
  const cache = await caches.open(FILES)
  await Promise.all(files.map((file) => keepFile(cache, file)))
}

async function keepFile(cache, file) {
  const answer = await fetch(file).catch(() => null)
  if (answer?.ok) await cache.put(file, answer)
}

/** One that was led elsewhere is no wall. */
const isWhole = (answer) => answer.status === 200 && !answer.redirected && answer.type === 'basic'

/** The server's answer, whatever it is; without one the copy. */
async function openPage(event) {
  const cache = await caches.open(PAGES)
  try {
    const answer = await fetch(event.request)
    const isServersFault = answer.status >= 500
    if (isWhole(answer)) event.waitUntil(cache.put(event.request, answer.clone()))
    else if (!isServersFault) event.waitUntil(forget(cache, event.request.url))
    return answer
  } catch (error) {
    // Of another station if need be: the page turns to the one in the address by itself.
    const kept =
      (await cache.match(event.request)) ?? (await cache.match(event.request, { ignoreSearch: true }))
    if (kept) return kept
    throw error
  }
}

/** Signed out, or not this person's any more: nothing of this kitchen stays. */
const forget = (cache, url) => cache.delete(url, { ignoreSearch: true })

/** A build's files never change under their names. */
async function openFile(event) {
  const cache = await caches.open(FILES)
  const kept = await cache.match(event.request)
  if (kept) return kept
  const answer = await fetch(event.request)
  if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()).then(() => dropOldest(cache)))
  return answer
}

async function dropOldest(cache) {
  const files = await cache.keys()
  await Promise.all(files.slice(0, Math.max(0, files.length - MOST_FILES)).map((file) => cache.delete(file)))
}
