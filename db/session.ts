import { openDriver } from './driver'
import { ConnectionLost } from './errors'

/** One dedicated connection, outside of the gate: migrations, LISTEN, advisory locks, loading. */
export type Session = {
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>
  /** Calls back for each notification, until the session closes. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<void>
  /** Calls back once when the connection ends, whoever ended it. */
  onClose(callback: () => void): void
  close(): Promise<void>
}

export type SessionOptions = {
  connectTimeoutSeconds?: number
  applicationName?: string
}

/** Opens a session, connected when the promise resolves. Without statement timeout; the caller sets its own. */
export async function openSession(url: string, options: SessionOptions = {}): Promise<Session> {
  const listeners = new Map<string, (payload: string) => void>()
  const closeCallbacks: (() => void)[] = []
  let closed = false
  const connectionEnded = () => {
    if (closed) return
    closed = true
    for (const callback of closeCallbacks) callback()
  }
  const driver = openDriver(url, {
    prepare: false,
    connectTimeoutSeconds: options.connectTimeoutSeconds ?? 10,
    connection: { application_name: options.applicationName ?? 'brigade-session' },
    onClose: connectionEnded,
    onNotify: (channel, payload) => listeners.get(channel)?.(payload),
  })
  let tail: Promise<unknown> = Promise.resolve()

  const query = <Row>(text: string, params: readonly unknown[] = []): Promise<Row[]> => {
    const result = tail.then(async () => {
      if (closed) throw new ConnectionLost('The database connection was lost.')
      return [...(await driver.unsafe(text, params as never[]))] as Row[]
    })
    tail = result.catch(() => {})
    return result
  }
  try {
    await query('select 1')
  } catch (error) {
    await driver.end({ timeout: 0 })
    throw error
  }
  return {
    query,
    async listen(channel, onPayload) {
      listeners.set(channel, onPayload)
      await query(`listen "${channel.replaceAll('"', '""')}"`)
    },
    onClose(callback) {
      if (closed) callback()
      else closeCallbacks.push(callback)
    },
    async close() {
      // The driver would wait out its time-out for a connection that is gone already.
      await driver.end({ timeout: closed ? 0 : 5 })
      connectionEnded()
    },
  }
}
