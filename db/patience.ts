import { TICK_MS } from './connection'
import { type Gate, Overloaded } from './gate'
import type { RequestContext } from './request-context'

/** Who sent much, or waited for the processor, may be late without having been in anybody's way. */
const LEAST_LINE_MS = 300
/** After a request's deadline: as long as a statement may wait for a lock. */
const KITCHEN_LATE_MS = 2000
/** With less than that a busy process would give up before it had looked whether the answer is there. */
const MOMENT_MS = 2 * TICK_MS

/**
 * How long a request may stand in line for a connection, in milliseconds: the gate's usual time, but no longer than until
 * the request's own deadline. What a kitchen and its guests wait for has all of that: it is not sent away for want of a
 * moment.
 * @throws Overloaded where it met a database that does not answer, and has waited for it as long as it may
 */
export function lineMs(gate: Gate, context: RequestContext | undefined): number {
  const { waitMs } = gate.options
  const left = timeLeft(context)
  if (left === null) return waitMs
  if (left <= 0 && context?.overloaded)
    throw new Overloaded(
      'The request has waited for the database in vain.',
      gate.retryAfterSeconds(context.priority),
    )
  const atLeast = Math.max(left, context?.overloaded ? 0 : LEAST_LINE_MS)
  return context?.priority === 'kitchen' ? atLeast : Math.min(atLeast, waitMs)
}

/**
 * How long a statement that is sent now is waited for, in milliseconds. A server that is slow answers within its own time
 * limit. One that is frozen never does, so what its asker has waited before counts: a page asks several questions one after
 * the other, and has one deadline for all of them. Only to a database that did answer so far each statement is given a
 * third of the whole time, and less the later it is with what a kitchen or a guest sent: they are to be answered within
 * eight seconds, send it again, and nothing is done twice.
 * @param wait `wholeMs`: the server's own limit, and a little; `askedAt`: when a connection was asked for, which counts where
 *   there is no request with a deadline
 */
export function patienceMs(wait: {
  wholeMs: number
  askedAt: number
  context: RequestContext | undefined
}): number {
  const { wholeMs, askedAt, context } = wait
  const ofRequest = timeLeft(context)
  const left = ofRequest ?? askedAt + wholeMs - performance.now()
  const least = context?.overloaded ? 0 : wholeMs / 3
  const isKitchen = context?.priority === 'kitchen' && ofRequest !== null
  const most = isKitchen ? Math.max(MOMENT_MS, left + KITCHEN_LATE_MS) : wholeMs
  return Math.min(wholeMs, most, Math.max(least, left))
}

/** Null where nobody waits for a first word: what is no request, and what one does after its answer has begun. */
function timeLeft(context: RequestContext | undefined): number | null {
  if (context?.deadline === undefined || context.isAnswered?.() !== false) return null
  return context.deadline - performance.now()
}
