import type { ChildProcess } from 'node:child_process'

/**
 * How a process is started that has a session of its own, as one of systemd's or on another machine has: Linux divides the
 * processor between sessions first (sched(7), autogroup), and else those who are measured and those who measure, or make
 * the load, would share one part. Nothing ends it together with this process, so `endWithUs` has to.
 */
export const OWN_SESSION = { detached: true } as const

const ours = new Set<ChildProcess>()

/** Ends the process, should it still run when this one ends. */
export function endWithUs(child: ChildProcess): void {
  if (ours.size === 0) {
    process.once('exit', () => {
      for (const one of ours) one.kill('SIGKILL')
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  }
  ours.add(child)
}
