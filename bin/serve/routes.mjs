import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.mjs'
import { pathOf, routeClass } from './route-class.mjs'

/**
 * By which pattern the build serves an address, such as `/menu/[id]`: what metrics and the log call a request, since
 * addresses are without end and may hold secrets. Files of the build are `static`, what nobody serves is `none`.
 * @param {string} [folder] of the build; the development server has none, and calls requests by their class
 * @returns {(url: string) => string}
 */
export function readRoutes(folder = join(root, process.env.BRIGADE_DIST || '.next')) {
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

function readManifest(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}
