import { parseArgs } from 'node:util'
import { openSession } from '@/db/client'
import { Migrator } from './blue-green/migrator'
import { listReleases } from './blue-green/releases'
import { describeStep, reportSteps } from './blue-green/report'
import { type Build, runStep, type Settings, type StepOutcome } from './blue-green/step'
import { builtRelease } from './lib/built-release'

const OPTIONS = {
  /** The first release that serves, and the last one that takes over. */
  from: { type: 'string', default: '0.2.0' },
  to: { type: 'string', default: '0.7.0' },
  scale: { type: 'string', default: '1' },
  seconds: { type: 'string', default: '10' },
  // What one web process bears on half of two cores: each build is one, and beside it runs the other.
  orders: { type: 'string', default: '5' },
  screens: { type: 'string', default: '10' },
  readers: { type: 'string', default: '5' },
  editors: { type: 'string', default: '3' },
  /** Into the document, too. */
  write: { type: 'boolean', default: false },
} as const

/** Each release takes over from the one before it on one database, under traffic, forward, back and forward again. */
export async function benchBlueGreen(databaseUrl: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const builds = await buildAll(values.from, values.to)
  const [oldest] = builds
  if (!oldest) return
  await withDatabase(databaseUrl, async (url) => {
    const migrator = new Migrator(oldest.folder, url)
    await migrator.forward()
    await migrator.seed(Number(values.scale))
    const settings: Settings = {
      databaseUrl: url,
      seconds: Number(values.seconds),
      ordersPerSecond: Number(values.orders),
      screens: Number(values.screens),
      readers: Number(values.readers),
      editors: Number(values.editors),
    }
    const steps: StepOutcome[] = []
    for (const [at, old] of builds.entries()) {
      const young = builds[at + 1]
      if (!young) continue
      const step = await runStep(old, young, settings)
      console.error(describeStep(step))
      steps.push(step)
    }
    await reportSteps(steps, settings, values)
  })
}

async function buildAll(from: string, to: string): Promise<Build[]> {
  const releases = await listReleases()
  const place = (version: string) => {
    const found = releases.findIndex((release) => release.version === version)
    if (found === -1)
      throw new Error(
        `There is no release ${version}; there are: ${releases.map((each) => each.version).join(', ')}.`,
      )
    return found
  }
  const builds: Build[] = []
  for (const { version, commit } of releases.slice(place(from), place(to) + 1))
    builds.push({ version, folder: await builtRelease(commit) })
  return builds
}

/** An empty database beside the one given, dropped when the work is done. */
async function withDatabase(baseUrl: string, work: (url: string) => Promise<void>): Promise<void> {
  const name = 'brigade_blue_green'
  const url = new URL(baseUrl)
  url.pathname = `/${name}`
  const session = await openSession(baseUrl)
  try {
    await session.query(`drop database if exists ${name} with (force)`)
    await session.query(`create database ${name}`)
    await work(url.href)
  } finally {
    await session.query(`drop database if exists ${name} with (force)`)
    await session.close()
  }
}
