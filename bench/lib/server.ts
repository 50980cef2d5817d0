import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { buildApp } from '../../bin/lib/build.mjs'
import { freePort } from '../../bin/lib/free-port.mjs'
import { endWithUs, OWN_SESSION } from './session'

export type BenchServer = {
  origin: string
  /** Of its first process, which supervises the others where there are several. */
  pid: number
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

type ServeOptions = {
  nodeArgs?: readonly string[]
  /** Without one a free port is taken. */
  port?: number
  metricsPort?: number
  /** Signs the sessions' cookies; a server that shall know those of an earlier one needs the same. */
  secret?: string
  /** Of another release, built; this working copy unless told. */
  folder?: string
  /** Settings besides; those that are named here can't be overridden. */
  env?: Readonly<Record<string, string>>
  /** Sees what it logs of troubles, which nobody sees else, and what it could not log, which is printed else. */
  onTrouble?: (text: string) => void
}

export const newSecret = (): string => randomBytes(32).toString('hex')

/** Serves the production build on a loopback port, with as many web processes as asked. */
export async function serve(
  databaseUrl: string,
  processes: number,
  poolMax: number,
  options: ServeOptions = {},
): Promise<BenchServer> {
  const { nodeArgs = [], metricsPort, secret = newSecret(), folder, env = {}, onTrouble } = options
  if (!folder) await buildApp({ say: console.log })
  const port = options.port ?? (await freePort())
  const child = spawn(process.execPath, [...nodeArgs, 'bin/serve.mjs'], {
    ...OWN_SESSION,
    cwd: folder,
    stdio: ['ignore', onTrouble ? 'pipe' : 'ignore', onTrouble ? 'pipe' : 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...(onTrouble && { LOG_LEVEL: 'warn', LOG_FORMAT: 'json' }),
      ...env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATABASE_URL: databaseUrl,
      DATABASE_DIRECT_URL: databaseUrl,
      AUTH_SECRET: secret,
      // A job in the middle of a measurement would be measured with it.
      HOUSEKEEPING: 'off',
      METRICS_PORT: metricsPort ? String(metricsPort) : '',
      WEB_CONCURRENCY: String(processes),
      POOL_MAX: String(poolMax),
    },
  })
  endWithUs(child)
  if (onTrouble) {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onTrouble)
  }
  await ready(child)
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    origin: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: { type?: string }) => message.type === 'ready' && resolve())
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code} before it was ready.`)))
  })
}

/** Signs in as the demo chain's admin, whom the volume set has too. Returns the `Cookie` header. */
export async function signInAsAdmin(origin: string): Promise<string> {
  const [admin] = JSON.parse(await readFile('db/seed/demo/sign-ins.json', 'utf8')) as {
    email: string
    password: string
  }[]
  if (!admin) throw new Error('The demo chain has no sign-ins.')
  return signIn(origin, admin.email, admin.password)
}

/** Signs in through the form as a browser without JavaScript does. */
async function signIn(origin: string, email: string, password: string): Promise<string> {
  const html = await (await fetch(`${origin}/sign-in`)).text()
  const form = new FormData()
  for (const [input] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? ''
    if (name) form.append(name, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
  }
  form.append('email', email)
  form.append('password', password)
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    body: form,
    headers: { origin },
    redirect: 'manual',
  })
  const cookie = answer.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ')
  if (!cookie) throw new Error(`Signing in answered ${answer.status} without a cookie.`)
  return cookie
}
