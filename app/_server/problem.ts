import { isConnectionLost, isPassing, overloadedCause } from '@/db/client'
import { requestContext } from '@/db/request-context'

/** One fault in a request's body. `pointer` is a JSON Pointer as a URI fragment: `#/lines/0/quantity`. */
export type Fault = { pointer: string; detail: string }

type Problem = {
  status: number
  /** Names the kind of problem for software: `urn:brigade:problem:<name>`. */
  name: string
  title: string
  /** What is wrong in this request, and what to do about it. */
  detail: string
  errors?: readonly Fault[]
  headers?: Record<string, string>
} & Record<string, unknown>

/**
 * An error as problem details (RFC 9457), with the id by which the log knows the request. Whatever else is given becomes
 * an extension member.
 */
export function problem({ status, name, title, detail, headers, ...extensions }: Problem): Response {
  const requestId = requestContext().getStore()?.id
  const body = {
    type: `urn:brigade:problem:${name}`,
    title,
    status,
    detail,
    ...extensions,
    ...(requestId && { requestId }),
  }
  return Response.json(body, {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}

/** Where in a body something is, as RFC 6901 writes it in a URI fragment. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  `#${path.map((part) => `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`

/** 503 with `Retry-After` where the database could not take or finish the work; null for every other error. */
export function unavailable(error: unknown): Response | null {
  const overloaded = overloadedCause(error)
  if (!overloaded && !isConnectionLost(error) && !isPassing(error)) return null
  return problem({
    status: 503,
    name: 'unavailable',
    title: 'Brigade is busy',
    detail: 'Send the same request with the same Idempotency-Key again after the time in Retry-After.',
    headers: { 'retry-after': String(overloaded?.retryAfterSeconds ?? 1) },
  })
}
