import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority
/** Whoever gives way for good would be the slowest of all from then on. */
const TRIAL = `const { getPriority, setPriority } = require('node:os')
const usual = getPriority()
setPriority(Math.min(usual + 1, ${PRIORITY_LOW}))
setPriority(usual)`

/** Whether a process may have its priority back after it gave way: as root, or with RLIMIT_NICE (`LimitNICE` of systemd). */
export function mayGiveWay() {
  return process.platform === 'linux' && spawnSync(process.execPath, ['-e', TRIAL]).status === 0
}

/**
 * Has a process that was just started give way to the others until it is told to serve: it has some seconds of work to do
 * that nobody waits for, while those that serve share the processor with it.
 * @param {number} pid
 * @returns {() => void} gives it the priority back that this process has
 */
export function giveWay(pid) {
  const usual = getPriority()
  change(pid, Math.min(usual + PRIORITY_BELOW_NORMAL, PRIORITY_LOW))
  // Linux has priorities by thread; a thread has that of whichever made it.
  return () => {
    for (const thread of readdirSync(`/proc/${pid}/task`)) change(Number(thread), usual)
  }
}

function change(thread, priority) {
  try {
    setPriority(thread, priority)
  } catch {
    // It has ended meanwhile.
  }
}
