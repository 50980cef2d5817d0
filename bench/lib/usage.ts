import { readFileSync } from 'node:fs'

/** In which Linux counts processor time for whoever asks, whatever the machine's own ticks are. */
const TICKS_PER_SECOND = 100

/** Processor time of a process so far, with all its threads, so with what collects garbage; and its memory now. Linux only. */
export function usageOf(pid: number): { seconds: number; mebibytes: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    mebibytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
  }
}
