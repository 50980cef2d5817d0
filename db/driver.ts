import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import { ARRAY_TYPES, formatArray, parseArray } from './array-types'

export type Driver = postgres.Sql
export type Rows = postgres.RowList<postgres.Row[]>
/** How values are read and written, by the number of their type. */
export type Codecs = { parsers: Record<string, unknown>; serializers: Record<string, unknown> }

type Settings = {
  prepare: boolean
  connectTimeoutSeconds: number
  /** Startup parameters. */
  connection: Record<string, string | number>
  onClose: () => void
  onNotify?: (channel: string, payload: string) => void
}

/** A client of one connection, which it opens with its first statement. It knows arrays without asking the server for them. */
export function openDriver(url: string, settings: Settings, codecs?: Codecs): Driver {
  const options = {
    max: 1,
    fetch_types: false,
    prepare: settings.prepare,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: settings.connectTimeoutSeconds,
    socket: oneSocket(settings.connectTimeoutSeconds * 1000),
    backoff: () => 0,
    onnotice: () => {},
    onclose: settings.onClose,
    // Known to the driver, unknown to its types: its own `listen` is built on it, but opens a connection of its own.
    onnotify: settings.onNotify,
    connection: settings.connection,
  }
  const driver = postgres(url, options)
  const { parsers, serializers } = driver.options
  Object.assign(parsers, codecs?.parsers)
  Object.assign(serializers, codecs?.serializers)
  for (const [array, element] of ARRAY_TYPES) {
    // What Drizzle reads and writes itself stays as it is.
    parsers[array] ??= (text: string) => parseArray(text, parsers[element])
    serializers[array] ??= (value: unknown) => formatArray(value, serializers[element])
  }
  return driver
}

type Address = { host: string[]; port: number[]; path?: string | false }

/**
 * Connects once. Where a server takes a connection and closes it before it said anything, as a proxy does whose server is
 * away, the driver would tell nobody and try again at once, for ever.
 */
function oneSocket(withinMs: number): (address: Address) => Promise<Socket> {
  let isUsed = false
  return async ({ host: hosts, port: ports, path }) => {
    if (isUsed) throw new Error('The server closed the connection before it was open.')
    isUsed = true
    if (path) return openSocket(connect(path), withinMs)
    let problem: unknown
    // An address with several servers: the first that is there.
    for (const [index, host] of hosts.entries()) {
      try {
        const socket = await openSocket(connect(ports[index] ?? 5432, host), withinMs)
        // The driver reads from it for whom a certificate is.
        return Object.assign(socket, { host })
      } catch (error) {
        problem = error
      }
    }
    throw problem
  }
}

async function openSocket(socket: Socket, withinMs: number): Promise<Socket> {
  socket.setTimeout(withinMs, () => socket.destroy(new Error('The server did not answer in time.')))
  await once(socket, 'connect')
  socket.setTimeout(0)
  return socket
}

/** FATAL and PANIC end the backend; anything that PostgreSQL did not say itself is the network. */
export function endsConnection(error: unknown): boolean {
  return (
    !(error instanceof postgres.PostgresError) || error.severity === 'FATAL' || error.severity === 'PANIC'
  )
}
