import { readFileSync } from 'node:fs'

/** The web processes that a supervisor has, by their numbers. Linux only, as are the files. */
export const workersOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)
