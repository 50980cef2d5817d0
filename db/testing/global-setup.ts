import type { TestProject } from 'vitest/node'
import { prepareTemplates } from './templates'

declare module 'vitest' {
  export interface ProvidedContext {
    maintenanceUrl: string
    templates: { migrated: string; volume: string }
  }
}

/** Makes the template databases once; each test file clones the one it needs. */
export default async function setup(project: TestProject): Promise<void> {
  const maintenanceUrl = process.env.TEST_DATABASE_URL
  if (!maintenanceUrl) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- db`.')
  project.provide('maintenanceUrl', maintenanceUrl)
  project.provide('templates', await prepareTemplates(maintenanceUrl))
}
