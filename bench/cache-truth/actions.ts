import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@/bin/lib/paths.mjs'

type Manifest = { node: Record<string, { exportedName: string; filename: string }> }

/** By which number the build knows a server action, as every page that has its form does. */
export function actionId(exportedName: string, file: string): string {
  const dist = process.env.BRIGADE_DIST || '.next'
  const manifest = join(root, dist, 'server', 'server-reference-manifest.json')
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  const found = Object.entries(node).find(
    ([, action]) => action.exportedName === exportedName && action.filename.endsWith(file),
  )
  if (!found) throw new Error(`The build has no action ${exportedName} of ${file}.`)
  return found[0]
}
