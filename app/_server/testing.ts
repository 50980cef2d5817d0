import { createHmac } from 'node:crypto'
import { vi } from 'vitest'

/** The secret of tests. */
export const TEST_SECRET = 'a secret that only tests know, long enough'

type CookieOptions = Record<string, unknown>

/** What Next knows of the request being served. Next itself has none in a test, so this stands in for it. */
export const request = {
  headers: new Headers(),
  cookies: new Map<string, string>(),
  /** Cookies that the answer sets. */
  setCookies: new Map<string, { value: string; options: CookieOptions }>(),
  /** What runs once the answer is out. */
  after: [] as (() => unknown)[],
}

/** Begins a new request, from one of our own pages unless told otherwise. */
export function newRequest(headers: Record<string, string> = {}, sessionToken?: string): void {
  request.headers = new Headers({ origin: 'http://localhost:3000', ...headers })
  request.cookies = new Map()
  request.setCookies = new Map()
  request.after = []
  if (sessionToken) request.cookies.set('brigade_session', signed(sessionToken))
}

const signed = (token: string) =>
  `${token}.${createHmac('sha256', TEST_SECRET).update(token).digest('base64')}`

/** For `vi.mock('next/headers', …)`. */
export const nextHeaders = () => ({
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => {
      const value = request.cookies.get(name)
      return value === undefined ? undefined : { name, value }
    },
    set: (name: string, value: string, options: CookieOptions) =>
      request.setCookies.set(name, { value, options }),
  }),
})

/** For `vi.mock('next/server', …)`. */
export const nextServer = async () => ({
  ...(await vi.importActual<object>('next/server')),
  after: (work: () => unknown) => request.after.push(work),
})
