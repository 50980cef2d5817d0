import type { TestProject } from 'vitest/node'
import { ensureTemplate, type TemplateNames, templateNames } from './templates'

declare module 'vitest' {
  export interface ProvidedContext {
    maintenanceUrl: string
    templates: TemplateNames
  }
}

/** Makes the template that nearly every test file clones; the other is made by the first that needs it. */
export default async function setup(project: TestProject): Promise<void> {
  const maintenanceUrl = process.env.TEST_DATABASE_URL
  if (!maintenanceUrl) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- db`.')
  project.provide('maintenanceUrl', maintenanceUrl)
  const templates = await templateNames()
  await ensureTemplate(maintenanceUrl, 'migrated', templates.migrated)
  project.provide('templates', templates)
}
