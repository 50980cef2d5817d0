/**
 * What cooks and guests wait for: walls and their streams, guest menus, orders that come in; and /readyz, by whose answer
 * somebody decides whether any of them are sent here.
 */
const KITCHEN = /^\/(?:kitchen|m|readyz|api\/kitchen|api\/v1\/orders)(?:\/|$)|^\/orders\/[^/]+\/new$/
/** What reads much, and what nobody stands and waits for. */
const LATER = /^\/(?:reports|exports|database|admin\/imports|admin\/audit)(?:\/|$)/

/**
 * Whose turn comes first when connections to the database are short (`Priority` in db/gate.ts).
 * @param {string} url as in the request line
 * @returns {'kitchen' | 'usual' | 'later'}
 */
export function routePriority(url) {
  const path = pathOf(url)
  if (KITCHEN.test(path)) return 'kitchen'
  return LATER.test(path) ? 'later' : 'usual'
}

const FILE = /\.[a-z0-9]{2,12}$/i

/**
 * The few classes that admission and metrics tell requests apart by.
 * @param {string} url as in the request line
 * @returns {'health' | 'static' | 'guest' | 'api' | 'page'}
 */
export function routeClass(url) {
  const path = pathOf(url)
  if (path === '/healthz') return 'health'
  if (path.startsWith('/_next/') || (FILE.test(path) && !path.startsWith('/api/'))) return 'static'
  if (path.startsWith('/m/')) return 'guest'
  if (path.startsWith('/api/') || path === '/readyz') return 'api'
  return 'page'
}

/** Without what is asked of it. */
export function pathOf(url) {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}
