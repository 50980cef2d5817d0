/**
 * Whether a request that changes something comes from one of our own pages. A browser sends `Origin` with every such
 * request and no page can forge it; one without comes from something else, and is refused. `Host` and
 * `X-Forwarded-Host` say nothing: whoever sends the request may write them.
 */
export function isOwnOrigin(headers: Pick<Headers, 'get'>, ownOrigins: readonly string[]): boolean {
  const origin = headers.get('origin')
  return origin !== null && ownOrigins.includes(origin)
}

const FALLBACK = '/overview'
const UNSAFE = /[\\\p{Cc}]/u

/**
 * Where to go after signing in: the page that was asked for if it is one of ours, else the overview.
 * Browsers take `//host` and `/\host` for other sites and drop tabs and line breaks inside an address.
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || UNSAFE.test(next) || !URL.canParse(next, 'http://own.invalid'))
    return FALLBACK
  const url = new URL(next, 'http://own.invalid')
  if (url.origin !== 'http://own.invalid') return FALLBACK
  if (url.pathname === '/' || url.pathname.startsWith('//') || url.pathname === '/sign-in') return FALLBACK
  return url.pathname + url.search
}
