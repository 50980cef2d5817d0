import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'
import { Sentence } from './sentence.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A Chromium for the browser tests: BRIGADE_CHROMIUM, the system's, Debian's package (installed when we are root), the
 * one that Playwright has installed.
 * @param {{ stop?: AbortSignal | undefined, say?: (text: string) => void }} [options]
 * @returns {Promise<string>} path of the program
 * @throws {Sentence} when there is none, saying how to get one
 */
export async function findChromium({ stop, say = () => {} } = {}) {
  const named = process.env.BRIGADE_CHROMIUM
  if (named) {
    if (isProgram(named)) return named
    throw new Sentence(`BRIGADE_CHROMIUM is ${named}, which is no program that can be run.`)
  }
  const found = ofSystem() ?? (await ofDebian({ stop, say })) ?? ofPlaywright()
  if (found) return found
  throw new Sentence(
    'The browser tests need a Chromium: install Chromium or Chrome, or run `npx playwright install chromium`, ' +
      'or name one with BRIGADE_CHROMIUM.',
  )
}

function ofSystem() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...paths, ...APPLICATIONS].find(isProgram)
}

async function ofDebian({ stop, say }) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  say("installing Debian's chromium")
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stop }
  await run('apt-get', ['update', '-q'], options)
  const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation']
  const { code, output } = await run('apt-get', install, options)
  if (code !== 0) say(`that failed: ${output.trim().split('\n').at(-1)}`)
  return ofSystem()
}

function ofPlaywright() {
  const { chromium } = createRequire(import.meta.url)('@playwright/test')
  const path = chromium.executablePath()
  return isProgram(path) ? path : undefined
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
