import { defineConfig } from '@playwright/test'
import { e2eDatabase } from './e2e/database-name'

const port = Number(process.env.E2E_PORT ?? 3100)
const metricsPort = Number(process.env.METRICS_PORT ?? 3190)
const launchOptions = {
  ...(process.env.BRIGADE_CHROMIUM && { executablePath: process.env.BRIGADE_CHROMIUM }),
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    // Chromium's sandbox refuses to run as root, which containers usually are.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
}

/**
 * Two servers, each on a demo chain of its own, take half of the time each: what writes to a chain runs one after the
 * other. `e2e/server.ts` makes the database, which is called like the project.
 */
const SECOND = [
  'screens',
  'palette',
  'purchasing',
  'recipe*',
  'reports',
  'restaurants',
  'service',
  'stock',
  'table-cards',
  'wall-*',
]
const second = SECOND.map((name) => `**/${name}.spec.ts`)
const SERVERS = [
  { name: 'one', port, metricsPort, files: { testIgnore: second } },
  // Between the two is the port of e2e/network.ts.
  { name: 'two', port: port + 2, metricsPort: metricsPort + 1, files: { testMatch: second } },
]

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  fullyParallel: false,
  workers: SERVERS.length,
  projects: SERVERS.map(({ name, port, files }) => ({
    name,
    ...files,
    workers: 1,
    use: { baseURL: `http://localhost:${port}` },
  })),
  // Two busy cores can starve a browser for a minute. Whoever passes only then is listed as flaky, to be looked at.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    // Recording takes a quarter of the time of each test, and almost none of them fail: TRACE=1 where one does.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  },
  webServer: SERVERS.map(({ name, port, metricsPort }) => ({
    name,
    command: 'npx tsx e2e/server.ts',
    url: `http://localhost:${port}/readyz`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'pipe',
    env: { PORT: String(port), METRICS_PORT: String(metricsPort), E2E_DATABASE: e2eDatabase(name) },
  })),
})
