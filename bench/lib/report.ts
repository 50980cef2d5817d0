import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import type { Session } from '@/db/client'

const PERFORMANCE = 'docs/performance.md'

/** A Markdown table; columns after the first are figures and aligned right. */
export function markdownTable(head: string[], rows: string[][]): string {
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Where and with what a benchmark ran, in one line. */
export async function circumstances(session: Session): Promise<string> {
  const [server] = await session.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  )
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
    dependencies: Record<string, string>
  }
  const cores = cpus()
  return [
    new Date().toISOString().slice(0, 10),
    `${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'})`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${server?.version}`,
    `Next ${manifest.dependencies.next}`,
  ].join(', ')
}

/** Replaces what stands between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` in a document, the performance one by default. */
export async function writeSection(name: string, text: string, file = PERFORMANCE): Promise<void> {
  const open = `<!-- bench:${name} -->`
  const close = `<!-- /bench:${name} -->`
  const document = await readFile(file, 'utf8')
  const start = document.indexOf(open)
  const end = document.indexOf(close)
  if (start < 0 || end < start) throw new Error(`${file} has no section ${open} … ${close}.`)
  await writeFile(file, `${document.slice(0, start + open.length)}\n${text}\n${document.slice(end)}`)
}

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
