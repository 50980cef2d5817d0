import { z } from 'zod'

const PORT_RANGE = 'a number from 1 to 65535'

const wholeNumber = (least: number, most: number, words: string) =>
  z
    .string()
    .regex(/^\d+$/, words)
    .transform(Number)
    .refine((value) => value >= least && value <= most, words)

const postgresUrl = z
  .string({ error: 'is missing: name a database, such as postgresql://user:password@host:5432/brigade' })
  .refine(
    (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
    'must be an address such as postgresql://user:password@host:5432/brigade',
  )

const appUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be the address people open, such as https://brigade.example.com',
  )
  .transform((text) => new URL(text))
  .refine(
    (url) => url.pathname === '/' && !url.search && !url.hash && !url.username,
    'must be an origin only, without a path, such as https://brigade.example.com',
  )
  .transform((url) => url.origin)

const variables = z.object({
  PORT: wholeNumber(1, 65535, `must be ${PORT_RANGE}`).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** The public origin, without a slash at its end. */
  APP_URL: appUrl.optional(),
  DATABASE_URL: postgresUrl,
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  BRIGADE_DATA: z.string().default('.data'),
  AUTH_SECRET: z
    .string({ error: 'is missing: set it to 32 or more random characters (npm start makes one itself)' })
    .min(32, 'is too short: set it to 32 or more random characters'),
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as EUR')
    .default('EUR'),
  POOL_MAX: wholeNumber(1, 1000, 'must be a number of connections, from 1 to 1000').default(10),
  POOL_WAIT_MS: wholeNumber(1, 600_000, 'must be milliseconds, from 1 to 600000').default(3000),
  POOL_QUEUE: wholeNumber(0, 1_000_000, 'must be a number of requests, 0 or more').default(200),
  /** Pages of the office that one process makes at a time. */
  RENDER_MAX: wholeNumber(1, 1000, 'must be a number of pages, from 1 to 1000').default(2),
  WEB_CONCURRENCY: wholeNumber(1, 256, 'must be a number of processes, from 1 to 256').default(1),
  METRICS_PORT: wholeNumber(1, 65535, `must be ${PORT_RANGE}`).optional(),
  /** Milliseconds; 0 is off. */
  SLOW_QUERY_MS: wholeNumber(0, 600_000, 'must be milliseconds, from 0 (off) to 600000').default(200),
  HOUSEKEEPING: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .transform((text) => text === 'on'),
  MISE: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .transform((text) => text === 'on'),
})

export type Environment = z.output<typeof variables>

/**
 * The environment, checked. A variable set to nothing counts as unset.
 * @throws Error whose message has one sentence for each variable that is wrong
 */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { success, data, error } = variables.safeParse(given)
  if (success) return data
  throw new Error(error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'))
}

let parsed: Environment | undefined

/** The environment of this process, parsed when first asked for: a build needs none. */
export function environment(): Environment {
  parsed ??= parseEnvironment(process.env)
  return parsed
}

/** The origins that people open Brigade at: `APP_URL`, or without it the machine itself on `PORT`. */
export function ownOrigins({ APP_URL, PORT }: Pick<Environment, 'APP_URL' | 'PORT'>): readonly string[] {
  if (APP_URL) return [APP_URL]
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${PORT}`)
}

/** Whether people reach Brigade over https only, so that cookies may be `__Host-` and browsers told to stay there. */
export const isHttps = ({ APP_URL }: Pick<Environment, 'APP_URL'>): boolean =>
  APP_URL?.startsWith('https://') ?? false
