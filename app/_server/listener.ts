import { openSession, type Session } from '@/db/client'

const HEARTBEAT_MS = 5000
const HEARTBEAT_DEADLINE_MS = 5000
const LONGEST_BACKOFF_MS = 2000

export type Speaker = {
  /**
   * After each connect, with notifications already coming in: the place to read what was missed.
   * `away` is how many seconds ago this process last knew that nothing had been missed.
   */
  onConnect: (session: Session, away: number) => Promise<void>
}

export type Subscriber = Speaker & {
  channel: string
  onPayload: (payload: string) => void
}

export type Listener = { stop(): Promise<void> }

/**
 * One connection for notifications, outside of the pool, kept open until stopped: it is asked for a sign of life every
 * 5 s, since a server that vanished says nothing, and opened again with growing pauses of at most 2 s.
 */
export function startListener(url: string, subscribers: readonly (Subscriber | Speaker)[]): Listener {
  const stopping = new AbortController()
  const { signal } = stopping
  const ended = keepListening(url, subscribers, signal)
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function keepListening(
  url: string,
  subscribers: readonly (Subscriber | Speaker)[],
  signal: AbortSignal,
) {
  let lastContact = Date.now()
  let failures = 0
  while (!signal.aborted) {
    try {
      await listenOnce(url, subscribers, signal, {
        away: () => (Date.now() - lastContact) / 1000,
        alive: (at) => {
          if (failures > 0) console.info('The database notifies this process again.')
          failures = 0
          lastContact = at
        },
      })
    } catch (error) {
      if (signal.aborted) return
      if (failures++ === 0)
        console.warn('No notifications from the database; cached pages and walls lag behind:', error)
      await pause(Math.min(50 * 2 ** failures, LONGEST_BACKOFF_MS) * (0.5 + Math.random() / 2), signal)
    }
  }
}

/** Listens until the connection is lost, which it throws, or the signal is given. */
async function listenOnce(
  url: string,
  subscribers: readonly (Subscriber | Speaker)[],
  signal: AbortSignal,
  contact: { away: () => number; alive: (at: number) => void },
): Promise<void> {
  const session = await openSession(url, {
    applicationName: 'brigade-listener',
    connectTimeoutSeconds: 5,
  })
  const lost = new AbortController()
  session.onClose(() => lost.abort())
  try {
    // Before anything is listened to: what commits from here on is heard or read.
    const startedAt = Date.now()
    for (const each of subscribers) if ('channel' in each) await session.listen(each.channel, each.onPayload)
    for (const { onConnect } of subscribers) await onConnect(session, contact.away())
    contact.alive(startedAt)
    while (!signal.aborted) {
      await pause(HEARTBEAT_MS, AbortSignal.any([signal, lost.signal]))
      if (signal.aborted) return
      const askedAt = Date.now()
      await withDeadline(session.query('select 1'), HEARTBEAT_DEADLINE_MS)
      contact.alive(askedAt)
    }
  } finally {
    await session.close().catch(() => {})
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database gave no sign of life.')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
