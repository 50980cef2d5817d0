import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.mjs'
import { pathOf, routeClass } from './route-class.mjs'

const buildFolder = () => join(root, process.env.BRIGADE_DIST || '.next')

/**
 * By which pattern the build serves an address, such as `/menu/[id]`: what metrics and the log call a request, since
 * addresses are without end and may hold secrets. Files of the build are `static`, what nobody serves is `none`.
 * @param {string} [folder] of the build; the development server has none, and calls requests by their class
 * @returns {(url: string) => string}
 */
export function readRoutes(folder = buildFolder()) {
  const manifest = readManifest(join(folder, 'routes-manifest.json'))
  if (!manifest) return routeClass
  const fixed = new Set(manifest.staticRoutes.map(({ page }) => page))
  const patterns = manifest.dynamicRoutes.map(({ page, regex }) => ({ page, regex: new RegExp(regex) }))
  return (url) => {
    const path = pathOf(url)
    if (fixed.has(path)) return path
    const found = patterns.find(({ regex }) => regex.test(path))
    if (found) return found.page
    if (path === '/') return '/'
    return routeClass(url) === 'static' ? 'static' : 'none'
  }
}

/**
 * An address of each page and each handler of the build, with a dash where they take a name, and a method that has their
 * code loaded and none of a handler's run. Without a build there are none.
 * @param {string} [folder] of the build
 * @returns {{ method: 'GET' | 'OPTIONS', path: string }[]}
 */
export function builtRoutes(folder = buildFolder()) {
  const files = Object.keys(readManifest(join(folder, 'server', 'app-paths-manifest.json')) ?? {})
  return files.map((file) => {
    const segments = file.split('/').filter((segment) => segment !== '' && !segment.startsWith('('))
    const method = segments.pop() === 'page' ? 'GET' : 'OPTIONS'
    return { method, path: `/${segments.map((segment) => segment.replace(/^\[.*\]/, '-')).join('/')}` }
  })
}

function readManifest(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}
