import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'

/** Where packagers put one folder of programs for each version. */
const FOLDERS = (major: number) => [
  `/usr/lib/postgresql/${major}/bin`,
  `/usr/pgsql-${major}/bin`,
  `/opt/homebrew/opt/postgresql@${major}/bin`,
  `/usr/local/opt/postgresql@${major}/bin`,
  ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
]

/** The path of pg_dump or pg_restore of just this version; undefined where it is not installed. */
export async function clientProgram(
  name: 'pg_dump' | 'pg_restore',
  major: number,
): Promise<string | undefined> {
  for (const folder of FOLDERS(major)) {
    const file = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
    if (isExecutable(file) && (await majorOf(file)) === major) return file
  }
  return undefined
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function majorOf(file: string): Promise<number> {
  const { output } = await run(file, ['--version'])
  return Number(/(\d+)(?:\.\d+)?/.exec(output)?.[1] ?? 0)
}

/** A database's address as libpq's variables: on a command line everybody on the machine could read the password. */
export function libpqEnvironment(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const given = {
    PGHOST: hostname.replace(/^\[|\]$/g, ''),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? '',
    PGAPPNAME: 'brigade-backup',
  }
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  return { ...process.env, ...named }
}
