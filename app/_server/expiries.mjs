// What made kept things stale, by tag, in this process: for pages that Next keeps (cache-handler.mjs) and for what we
// keep ourselves (mise.ts). Plain JavaScript with its state on `globalThis`, because Next loads the cache handler from the
// file as well as through the bundler.

const MOST_TAGS = 5000

/**
 * @typedef {{ count: number, lastOf: Map<string, number>, forgottenUpTo: number }}
 *   Expiries `lastOf`: the number of each tag's last expiry; `forgottenUpTo`: those up to here were dropped from it
 */

/** @returns {Expiries} */
function expiries() {
  const key = Symbol.for('brigade.expiries')
  globalThis[key] ??= { count: 0, lastOf: new Map(), forgottenUpTo: 0 }
  return globalThis[key]
}

/** With `MISE=off` nothing is kept: everything is made for each reader. */
export const isMiseOff = () => process.env.MISE === 'off'

/** How many expiries there were. An instant would not do to tell what was made before which: two can share one. */
export const expiriesSoFar = () => expiries().count

/**
 * Makes everything stale that carries one of the tags, in this process, including what is being made at this moment.
 * @param {readonly string[]} tags
 */
export function expireTags(tags) {
  const all = expiries()
  for (const tag of tags) {
    all.lastOf.delete(tag)
    all.lastOf.set(tag, ++all.count)
  }
  for (const [tag, at] of all.lastOf) {
    if (all.lastOf.size <= MOST_TAGS) break
    all.lastOf.delete(tag)
    all.forgottenUpTo = at
  }
}

/** Makes everything stale, whatever its tags: nobody knows what was missed. */
export function expireAll() {
  const all = expiries()
  all.forgottenUpTo = ++all.count
}

/**
 * Whether one of the tags expired after something was begun to be made.
 * @param {readonly string[]} tags
 * @param {number} madeAt what `expiriesSoFar` said then
 */
export function expiredSince(tags, madeAt) {
  const { lastOf, forgottenUpTo } = expiries()
  return madeAt < forgottenUpTo || tags.some((tag) => (lastOf.get(tag) ?? 0) > madeAt)
}
