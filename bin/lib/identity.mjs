import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Names a process beyond the reuse of its number: pid and the time it started.
 * @typedef {{ pid: number, started: string }} Identity
 */

/**
 * @param {number} [pid] this process
 * @returns {Identity}
 */
export function identityOf(pid = process.pid) {
  return { pid, started: startOf(pid) ?? '' }
}

/**
 * Whether the very process still runs, not another one under the same number.
 * @param {Identity} identity
 */
export function isAlive({ pid, started }) {
  return startOf(pid) === started
}

/** When a process started, as an opaque text; undefined when there is none (or only its unreaped remains). */
function startOf(pid) {
  if (process.platform === 'linux') return startFromProc(pid)
  if (process.platform === 'win32') return exists(pid) ? '' : undefined
  return startFromPs(pid)
}

function startFromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name, second field, may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    return state === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function startFromPs(pid) {
  try {
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return text.startsWith('Z') ? undefined : text.replace(/^\S+\s+/, '') || undefined
  } catch {
    return undefined
  }
}

/**
 * Whether there is a process of this number at all, whosever.
 * @param {number} pid
 */
export function exists(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
