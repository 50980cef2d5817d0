import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { SQUAWK_OFF } from './squawk-rules'

const require = createRequire(import.meta.url)
/** The oldest server that Brigade runs on. */
const PG_VERSION = '15'

const outputSchema = z.array(
  z.object({
    file: z.string(),
    /** From 0. */
    line: z.int(),
    message: z.string(),
    help: z.string().nullable(),
    rule_name: z.string(),
  }),
)

export type SquawkFinding = { file: string; line: number; rule: string; message: string; help: string | null }
export type SquawkInput = { name: string; text: string; transactional: boolean }

/** What squawk finds in the files, each read in its transaction mode; `line` is from 1. */
export async function squawk(files: readonly SquawkInput[]): Promise<SquawkFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-squawk-'))
  try {
    for (const { name, text } of files) await writeFile(join(folder, `${name}.sql`), text)
    const modes = [true, false].map((mode) => files.filter(({ transactional }) => transactional === mode))
    const found = await Promise.all(modes.map((group) => run(folder, group)))
    return found.flat()
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function run(folder: string, files: readonly SquawkInput[]): Promise<SquawkFinding[]> {
  const [first] = files
  if (!first) return []
  const args = [
    require.resolve('squawk-cli/js/bin/squawk'),
    '--reporter=json',
    `--pg-version=${PG_VERSION}`,
    ...Object.keys(SQUAWK_OFF).map((rule) => `--exclude=${rule}`),
    ...(first.transactional ? ['--assume-in-transaction'] : []),
    ...files.map(({ name }) => `${name}.sql`),
  ]
  const parsed = outputSchema.parse(JSON.parse(await output(args, folder)))
  return parsed.map(({ file, line, message, help, rule_name }) => ({
    file: basename(file, '.sql'),
    line: line + 1,
    rule: rule_name,
    message,
    help,
  }))
}

/** It exits with 1 when it finds something; without output it did not run at all. */
function output(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && stdout.trim() === '')
        reject(new Error(`squawk did not run: ${stderr.trim() || error.message}`, { cause: error }))
      else resolve(stdout)
    })
  })
}
