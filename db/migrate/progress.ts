import type { Phase } from './parse'

export type Progress =
  | { kind: 'waiting'; holder: string }
  | { kind: 'applying'; file: string; phase: Phase; place: number; of: number }
  | { kind: 'retrying'; file: string; attempt: number; tries: number; waitedMs: number }
  | { kind: 'dropping_invalid'; file: string; index: string }
  /** `share` of all its phases, from 0 to 1; `text` says what the server is at. */
  | { kind: 'building'; file: string; index: string; share: number; text: string }
  | Backfilling
  | { kind: 'aside'; file: string; reason: string }
  | { kind: 'already_built'; file: string; index: string }
  | { kind: 'applied'; file: string; milliseconds: number }
  | { kind: 'taking_back'; file: string }
  | { kind: 'taken_back'; file: string; milliseconds: number }

/** After a batch: rows done of about how many, over all runs; `rate` in rows a second of this run; the batch itself. */
type Backfilling = {
  kind: 'backfilling'
  file: string
  share: number
  done: number
  expected: number
  rate: number
  size: number
  batchMs: number
}

/** A line for the person at the terminal. */
export function describeProgress(progress: Progress): string {
  switch (progress.kind) {
    case 'waiting':
      return `Waiting for another migrator to finish: ${progress.holder}.`
    case 'applying':
      return `${progress.file} (${progress.place} of ${progress.of}, ${progress.phase})`
    case 'retrying':
      return `  try ${progress.attempt} of ${progress.tries}: waited ${progress.waitedMs} ms for a lock that others hold; letting them pass`
    case 'dropping_invalid':
      return `  dropping the invalid index ${progress.index}, which an interrupted build left`
    case 'building':
      return `  ${progress.index}: ${progress.text}`
    case 'backfilling':
      return `  ${describeBackfill(progress)}`
    case 'aside':
      return `  waits: ${progress.reason}`
    case 'already_built':
      return `  the index ${progress.index} is there already, just as the file wants it`
    case 'applied':
      return `  applied in ${duration(progress.milliseconds)}`
    case 'taking_back':
      return `${progress.file}, back`
    case 'taken_back':
      return `  taken back in ${duration(progress.milliseconds)}`
  }
}

function describeBackfill({ done, expected, rate, size, batchMs }: Backfilling): string {
  const left = Math.max(0, expected - done) / Math.max(1, rate)
  const figures = [
    `${figure(done)} of about ${figure(Math.max(done, expected))} rows`,
    `${figure(rate)} a second`,
    `${figure(size)} in ${Math.round(batchMs)} ms`,
  ]
  return left >= 1 ? `${figures.join(', ')}, about ${Math.ceil(left)} s left` : figures.join(', ')
}

const figure = (value: number) => Math.round(value).toLocaleString('en-GB')

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
