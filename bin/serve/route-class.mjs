const FILE = /\.[a-z0-9]{2,12}$/i

/**
 * The few classes that admission and metrics tell requests apart by.
 * @param {string} url as in the request line
 * @returns {'health' | 'static' | 'guest' | 'api' | 'page'}
 */
export function routeClass(url) {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  if (path === '/healthz') return 'health'
  if (path.startsWith('/_next/') || (FILE.test(path) && !path.startsWith('/api/'))) return 'static'
  if (path.startsWith('/m/')) return 'guest'
  if (path.startsWith('/api/') || path === '/readyz') return 'api'
  return 'page'
}
