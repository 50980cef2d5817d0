const OLDEST_MAJOR = 15

const BY_CODE: Record<string, (where: string, url: URL) => string> = {
  ECONNREFUSED: (where) => `No PostgreSQL answers at ${where}: is it running, and is the port right?`,
  ENOTFOUND: (where) => `There is no host as in ${where}: check the name in DATABASE_URL.`,
  EAI_AGAIN: (where) =>
    `The host of ${where} could not be looked up: check the name in DATABASE_URL and the network.`,
  EHOSTUNREACH: (where) => `${where} can't be reached: check the network and DATABASE_URL.`,
  ENETUNREACH: (where) => `${where} can't be reached: check the network and DATABASE_URL.`,
  CONNECT_TIMEOUT: (where) => `${where} did not answer in time: check the network and DATABASE_URL.`,
  '28P01': (where, url) => `${where} refused the password of "${user(url)}": check DATABASE_URL.`,
  '28000': (where, url) =>
    `${where} does not let "${user(url)}" in: check DATABASE_URL and the server's pg_hba.conf.`,
  '3D000': (where, url) => `${where} has no database "${database(url)}": make it, or check DATABASE_URL.`,
  '42501': (where, url) =>
    `"${user(url)}" may not connect to "${database(url)}" at ${where}: grant it CONNECT.`,
  '53300': (where) => `${where} has no connection left: raise its max_connections or stop other programs.`,
  '57P03': (where) => `${where} is starting up or shutting down: try again in a moment.`,
}

/**
 * Why a database could not be connected to, as one sentence that never shows the password.
 * @param error what opening the connection threw
 * @param url DATABASE_URL
 */
export function connectionProblem(error: unknown, url: string): string {
  if (!URL.canParse(url))
    return 'DATABASE_URL is no address such as postgresql://user:password@host:5432/database.'
  const parsed = new URL(url)
  const { code = '', message } = error as Error & { code?: string }
  const where = `${parsed.hostname || 'localhost'}:${parsed.port || 5432}`
  return BY_CODE[code]?.(where, parsed) ?? `${where} can't be used: ${message}.`
}

/**
 * What is wrong with the server's version, as one sentence, or undefined when it is new enough.
 * @param versionNumber the server's `server_version_num`, such as 150004
 */
export function versionProblem(versionNumber: number): string | undefined {
  const major = Math.floor(versionNumber / 10_000)
  if (major >= OLDEST_MAJOR) return undefined
  return `Brigade needs PostgreSQL ${OLDEST_MAJOR} or newer, and the server that DATABASE_URL names is ${major}: upgrade it.`
}

function user(url: URL): string {
  return decodeURIComponent(url.username)
}

function database(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1)) || user(url)
}
