import { z } from 'zod'
import type { GateStats } from './gate'

/** Where each web process says, every second in which a request had to wait for a connection, how long they waited. */
export const GATE_CHANNEL = 'brigade_gate'

const notice = z.object({
  process: z.string(),
  /** Average over all requests that were admitted in the second, in milliseconds. */
  waitMs: z.number(),
  waiting: z.number(),
  refused: z.number(),
})
export type GateNotice = z.output<typeof notice>

/** What there is to say of the time between two looks at a gate; null when nobody waited. */
export function gateNotice(process: string, before: GateStats, now: GateStats): GateNotice | null {
  const waitedMs = now.waitedMs - before.waitedMs
  const refused = now.refused - before.refused
  if (waitedMs === 0 && refused === 0 && now.waiting === 0) return null
  const waitMs = Math.round(waitedMs / Math.max(1, now.admitted - before.admitted))
  return { process, waitMs, waiting: now.waiting, refused }
}

/** A notice as it was sent, or null for anything else: whoever may connect may notify. */
export function readGateNotice(payload: string): GateNotice | null {
  try {
    return notice.parse(JSON.parse(payload))
  } catch {
    return null
  }
}
