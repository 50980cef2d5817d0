import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../bin/lib/paths.mjs'
import { type BenchServer, newSecret, serve, signInAsAdmin } from '../lib/server'
import { startTraffic, type TrafficReport } from '../migrate/traffic'
import { MAIN_PAGES } from '../migrate/traffic/readers'
import { Recorder, type Sample } from '../migrate/traffic/recorder'
import { type EditCheck, openEditors } from './editors'
import { Migrator } from './migrator'
import { type TitleCheck, watchTitles } from './titles'

export type Build = { version: string; folder: string }

export type Settings = {
  databaseUrl: string
  /** Of each phase. */
  seconds: number
  ordersPerSecond: number
  screens: number
  readers: number
  editors: number
}

export type StepOutcome = {
  from: string
  to: string
  files: number
  forwardMs: number
  /** Whether the release before may start once these migrations are applied. */
  beforeMayStart: boolean
  /** Whether the migrations were taken back, and applied again. */
  isTakenBack: boolean
  samples: Sample[]
  reports: TrafficReport[]
  edits: EditCheck
  titles: TitleCheck
}

export const BEFORE = 'before'

const PAGES = [
  ...MAIN_PAGES,
  () => '/recipes?sort=title',
  () => '/recipes?q=lamb',
  () => '/recipes/1',
  () => '/recipes/2',
]

/**
 * One release after another on one database, with traffic from end to end: the old one alone, its successor's migrations,
 * both, the new one alone; back to an old one that starts on the newer schema, back in the schema, too; and forward again.
 */
export async function runStep(old: Build, young: Build, settings: Settings): Promise<StepOutcome> {
  const step = await Step.begin(old, young, settings)
  try {
    return await step.run()
  } finally {
    await step.end()
  }
}

class Step {
  readonly #servers: BenchServer[] = []
  readonly #traffics: Awaited<ReturnType<typeof openTraffic>>[] = []
  /** Where requests go; what is changed here holds from the next request on. */
  readonly #origins: string[] = []
  readonly #secret = newSecret()
  readonly #before: Migrator
  readonly #after: Migrator

  private constructor(
    private readonly old: Build,
    private readonly young: Build,
    private readonly settings: Settings,
    private readonly titles: Awaited<ReturnType<typeof watchTitles>>,
  ) {
    this.#before = new Migrator(old.folder, settings.databaseUrl)
    this.#after = new Migrator(young.folder, settings.databaseUrl)
  }

  static async begin(old: Build, young: Build, settings: Settings): Promise<Step> {
    return new Step(old, young, settings, await watchTitles(settings.databaseUrl))
  }

  async run(): Promise<StepOutcome> {
    const known = await this.#before.names()
    const files = (await this.#after.names()).filter((name) => !known.includes(name))
    const last = known.at(-1) ?? ''
    const isFinal = await this.#after.contracts(files)

    const blue = await this.#start(this.old)
    const traffic = await this.#open([blue], this.settings)
    await this.#phase('warming up', [blue])
    await this.#phase(BEFORE, [blue])

    this.#mark('migrating')
    const forwardMs = await this.#after.forward()
    const green = await this.#start(this.young)
    const beside = await this.#open([green], { ...this.settings, ordersPerSecond: 1, editors: 0 })
    await this.#phase('both', [blue, green])
    await this.#phase('the new one', [green])

    const beforeMayStart = await this.#before.mayStart()
    // After a contract the old one, where it is still there, goes on serving; but it could not be started any more.
    const back = beforeMayStart ? await this.#start(this.old) : blue
    await this.#phase('back to the old one', [back])
    const besideReport = await beside.stop()

    const isTakenBack = files.length > 0 && !isFinal
    if (isTakenBack) {
      this.#mark('taking back')
      // By today's ways back: they may have been mended since.
      await new Migrator(root, this.settings.databaseUrl).backTo(last)
      await this.#phase('the old one on its own schema', [back])
      this.#mark('migrating again')
      await this.#after.forward()
    }
    await this.#phase('the new one again', [green])

    const report = await traffic.stop()
    return {
      from: this.old.version,
      to: this.young.version,
      files: files.length,
      forwardMs,
      beforeMayStart,
      isTakenBack,
      samples: [...report.samples, ...besideReport.samples, ...traffic.edits],
      reports: [report, besideReport],
      edits: await traffic.checkEdits(),
      titles: await this.titles.stop(),
    }
  }

  async end(): Promise<void> {
    for (const traffic of this.#traffics) await traffic.stop()
    await this.titles.stop()
    for (const server of this.#servers) await server.stop()
  }

  async #start({ folder }: Build): Promise<BenchServer> {
    const server = await serve(this.settings.databaseUrl, 1, 10, { folder, secret: this.#secret })
    this.#servers.push(server)
    return server
  }

  /** The first traffic goes wherever the balancer sends it; what is opened beside it stays. */
  async #open(servers: readonly BenchServer[], settings: Settings) {
    const origins = this.#traffics.length === 0 ? this.#origins : []
    origins.push(...servers.map(({ origin }) => origin))
    const traffic = await openTraffic(settings, origins)
    this.#traffics.push(traffic)
    return traffic
  }

  #mark(label: string): void {
    console.error(`  ${this.old.version} → ${this.young.version}: ${label}`)
    for (const traffic of this.#traffics) traffic.mark(label)
  }

  async #phase(label: string, servers: readonly BenchServer[]): Promise<void> {
    this.#origins.splice(0, this.#origins.length, ...servers.map(({ origin }) => origin))
    this.#mark(label)
    await pause(this.settings.seconds * 1000)
  }
}

/** Orders, walls, readers and cooks; `mark` names what all of them do from now on. */
async function openTraffic(settings: Settings, origins: readonly string[]) {
  const { databaseUrl, ordersPerSecond, screens, readers } = settings
  const traffic = await startTraffic({
    ...{ databaseUrl, ordersPerSecond, screens, readers, pages: PAGES },
    // The list itself, since it changes. Screens stay with who is on it now.
    origins,
  })
  const recorder = new Recorder()
  let turn = 0
  const [origin = ''] = origins
  const editors = await openEditors(recorder, databaseUrl, () => origins[turn++ % origins.length] ?? origin, {
    cookie: await signInAsAdmin(origin),
    count: settings.editors,
  })
  let report: Promise<TrafficReport> | undefined
  return {
    edits: recorder.samples,
    checkEdits: () => editors.check(),
    mark(label: string): void {
      traffic.mark(label)
      recorder.mark(label)
    },
    stop(): Promise<TrafficReport> {
      report ??= editors.stop().then(() => traffic.stop())
      return report
    },
  }
}
