import { type Environment, isHttps } from './environment'

/** The paired screen's own cookie: it lies beside a person's session and is never one. */
export const deviceCookieName = (env: Pick<Environment, 'APP_URL'>): string =>
  isHttps(env) ? '__Host-brigade_device' : 'brigade_device'
