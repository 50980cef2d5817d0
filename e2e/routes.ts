import { readdirSync } from 'node:fs'
import { dirname, sep } from 'node:path'

/** Every page and route handler under `app/` as its URL pattern, from the files themselves. */
export function appRoutes(): string[] {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  const routes = files
    .filter((file) => /(^|[\\/])(page\.tsx|route\.ts)$/.test(file))
    .map((file) => dirname(file).split(sep))
    .map((parts) => `/${parts.filter((part) => part !== '.' && !/^\(.*\)$/.test(part)).join('/')}`)
  return [...new Set(routes)].sort()
}
