import { defineConfig } from '@playwright/test'

const port = Number(process.env.E2E_PORT ?? 3100)
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

/** One server on the demo chain for the whole run: `e2e/server.ts` makes its database and serves the build. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  fullyParallel: false,
  // One chain for all: what writes to it runs one after the other, what only looks runs beside.
  workers: 2,
  projects: [
    { name: 'stories', testIgnore: 'screens.spec.ts', workers: 1 },
    { name: 'screens', testMatch: 'screens.spec.ts', workers: 1 },
  ],
  // Two busy cores can starve a browser for a minute. Whoever passes only then is listed as flaky, to be looked at.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    // Recording takes a quarter of the time of each test, and almost none of them fail: TRACE=1 where one does.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  },
  webServer: {
    command: 'npx tsx e2e/server.ts',
    url: `http://localhost:${port}/readyz`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'pipe',
    env: { PORT: String(port) },
  },
})
