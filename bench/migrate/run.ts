import { setTimeout as pause } from 'node:timers/promises'
import { openSession, type Session } from '@/db/client'
import { migrateBack } from '@/db/migrate/back'
import { estimateOf } from './estimate'
import { type File, GrowingFolder } from './folder'
import { type LockWait, longestOfServers, type watchLockWaits } from './lock-waits'
import { Migrator } from './migrator'
import { openReport, type Report } from './open-report'
import type { Traffic } from './traffic'

/** `plain`; with a `report` transaction open that has read every table; with the migrator killed (`kill`) halfway. */
export const MODES = ['plain', 'report', 'kill'] as const
export type Mode = (typeof MODES)[number]

export type FileRun = {
  /** The release that served. */
  version: string
  mode: Mode
  file: string
  isAgain: boolean
  /** When it ran, in milliseconds of this process; the second after it included. */
  from: number
  to: number
  /** What the runner says that it took, or null where it had been done before it was killed. */
  ms: number | null
  /** What `--plan` said before; null where it could not tell. Seconds, of the plain runs only. */
  estimate: number | null
  /** Tries that got no lock. */
  retries: number
  /** Whether the kill came before the end. */
  killed: boolean
  longestWait: LockWait | null
}

export type Bench = {
  url: string
  version: string
  traffic: Traffic
  waits: Awaited<ReturnType<typeof watchLockWaits>>
  /** The last migration that the database has now, and to which each pass leads back. */
  through: string
  /** Seconds of traffic without migration before each file. */
  quietSeconds: number
  /** What has been run so far. */
  runs: FileRun[]
  /** Whether a file's run is to be measured; the others are only applied, since those after them need them. */
  isMeasured: (file: File) => boolean
}

/** Traffic that no file is to blame for. */
export const quietLabel = (mode: Mode) => `quiet ${mode}`
export const runLabel = (mode: Mode, isAgain: boolean) => `run ${mode} ${isAgain ? 'again' : ''}`
const ELSE = 'preparing'

/** What a file does to requests shows a moment longer: plans are made anew, queues drain. */
const AFTERWARDS_MS = 1000
const FILES_A_REPORT = 17
const REPORT_SECONDS = 30

/** The files of one upgrade in one mode, one after the other, and back again at the end. */
export class Pass {
  private constructor(
    private readonly bench: Bench,
    private readonly mode: Mode,
    private readonly session: Session,
    private readonly folder: GrowingFolder,
    private migrator: Migrator,
    /** Goes on where the other one was killed. Ready before the seconds that count: what Node takes to start is no migration's. */
    private next: Migrator | null = null,
  ) {}

  static async run(bench: Bench, mode: Mode, base: readonly File[], files: readonly File[]): Promise<void> {
    bench.traffic.mark(ELSE)
    const session = await openSession(bench.url, { applicationName: 'bench migrate' })
    const folder = await GrowingFolder.create()
    const pass = new Pass(bench, mode, session, folder, await Migrator.start(bench.url))
    try {
      for (const file of base) await folder.add(file)
      await (mode === 'report' ? pass.#allUnderReports(files) : pass.#all(files))
      await pass.#back()
    } finally {
      await pass.migrator.stop()
      await pass.next?.stop()
      await folder.remove()
      await session.close()
    }
  }

  async #all(files: readonly File[]): Promise<void> {
    for (const file of files) {
      await this.#prepare(file)
      if (!this.bench.isMeasured(file)) {
        await this.#applied(file.name)
        continue
      }
      await this.#quiet()
      await this.#one(file)
    }
  }

  async #allUnderReports(files: readonly File[]): Promise<void> {
    let measured = 0
    let report: Report | null = null
    for (const file of files) {
      const isMeasured = this.bench.isMeasured(file)
      if (isMeasured && measured++ % FILES_A_REPORT === 0) {
        await report?.ended
        await this.#quiet()
        await this.#quiet()
        report = await openReport(this.bench.url, REPORT_SECONDS)
      }
      await this.#prepare(file)
      if (isMeasured) await this.#one(file)
      else await this.#applied(file.name)
    }
    await report?.ended
  }

  async #quiet(): Promise<void> {
    this.bench.traffic.mark(quietLabel(this.mode))
    await pause(this.bench.quietSeconds * 1000)
    this.bench.traffic.mark(ELSE)
  }

  /** Puts the file where the migrator finds it, and beside it what it needs to find. */
  async #prepare(file: File): Promise<void> {
    this.bench.traffic.mark(ELSE)
    if (file.before) await this.session.query(file.before)
    await this.folder.add(file)
    if (this.mode === 'kill') this.next ??= await Migrator.start(this.bench.url)
  }

  async #one({ name, isAgain }: File): Promise<void> {
    const { bench, mode, folder } = this
    const estimate = mode === 'plain' ? await estimateOf(bench.url, folder.directory, name) : null
    bench.traffic.mark(runLabel(mode, isAgain))
    const from = performance.now()
    const outcome = mode === 'kill' ? await this.#killed(name) : await this.#applied(name)
    await pause(AFTERWARDS_MS)
    const to = performance.now()
    bench.traffic.mark(ELSE)
    const run = { version: bench.version, mode, file: name, isAgain, from, to, estimate, ...outcome }
    const wait = longestOfServers(bench.waits.between(from, to))
    console.error(
      `${mode} ${name}: ${outcome.ms?.toFixed(0) ?? '-'} ms, ${outcome.retries} tries in vain, longest wait ${wait ? `${wait.ms.toFixed(0)} ms (${wait.what})` : 'none'}`,
    )
    bench.runs.push({ ...run, longestWait: wait })
  }

  async #applied(name: string): Promise<Pick<FileRun, 'ms' | 'retries' | 'killed'>> {
    let retries = 0
    for (let attempt = 1; ; attempt++) {
      const result = await this.migrator.apply(this.folder.directory, ({ kind }) => {
        if (kind === 'retrying') retries++
      })
      const ms = result?.applied.find((file) => file.name === name)?.milliseconds ?? null
      if (result?.ok) return { ms, retries, killed: false }
      // As an operator would who reads that the table was held.
      const isHeld = result?.reason === 'lock_timeout' && attempt < 3
      if (!isHeld) throw new Error(`${name} under traffic: ${result?.message ?? 'the migrator ended'}`)
      retries++
    }
  }

  /** Kills the migrator halfway through the file, and lets another one finish it. */
  async #killed(name: string): Promise<Pick<FileRun, 'ms' | 'retries' | 'killed'>> {
    const before = this.bench.runs.find(({ file, ms }) => file === name && ms !== null)
    const halfway = (before?.ms ?? 10) / 2
    let killing: Promise<void> | undefined
    let done = false
    const result = await this.migrator.apply(this.folder.directory, ({ kind }) => {
      if (kind === 'applied') done = true
      if (kind === 'applying') killing = pause(halfway).then(() => this.migrator.kill())
    })
    await killing
    this.migrator = this.next ?? (await Migrator.start(this.bench.url))
    this.next = null
    const outcome = await this.#applied(name)
    return { ...outcome, killed: result === null && !done }
  }

  /** Where something was taken away, the database is thrown away instead. */
  async #back(): Promise<void> {
    const result = await migrateBack(this.bench.url, this.bench.through, { directory: this.folder.directory })
    if (!result.ok && result.reason !== 'no_way_back')
      throw new Error(`Back to ${this.bench.through}: ${result.message}`)
  }
}
