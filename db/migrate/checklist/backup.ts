import { execFile } from 'node:child_process'

const PATIENCE_MS = 30_000

export type BackupAnswer = { ok: boolean; said: string }

/** Asks the operator's own command for the last backup: what it prints, and whether it ends with 0. */
export function askForBackup(command: string): Promise<BackupAnswer> {
  const [shell, flag] = process.platform === 'win32' ? ['cmd', '/c'] : ['sh', '-c']
  return new Promise((resolve) => {
    execFile(shell, [flag, command], { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      const said = (stdout.trim() || stderr.trim()).split('\n').at(-1) ?? ''
      resolve({ ok: error === null, said: said || (error?.message ?? 'it printed nothing') })
    })
  })
}
