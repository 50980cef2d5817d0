import { generatedAuthSecret, openEmbedded } from './embedded.mjs'
import { dataDir } from './paths.mjs'

/**
 * The database of this run: the one that DATABASE_URL names, or the embedded one.
 * @param {{ say?: (text: string) => void }} [options]
 * @returns {Promise<{ embedded: import('./embedded.mjs').Embedded | undefined, env: Record<string, string>,
 *   close: () => Promise<boolean> }>} `env`: what the app and the commands need to be told; `close` is true when it
 *   stopped the embedded server
 */
export async function openDatabase({ say = () => {} } = {}) {
  const url = process.env.DATABASE_URL
  if (!url) {
    const embedded = await openEmbedded({ dataDir, say })
    const { url: own, close } = embedded
    // A direct address that was meant for another database must not be mixed with this one.
    const urls = { DATABASE_URL: own, DATABASE_DIRECT_URL: own }
    return { embedded, env: { ...urls, BRIGADE_EMBEDDED: '1', AUTH_SECRET: await authSecret() }, close }
  }
  return {
    embedded: undefined,
    env: { DATABASE_URL: url, AUTH_SECRET: await authSecret() },
    close: async () => false,
  }
}

async function authSecret() {
  return process.env.AUTH_SECRET || generatedAuthSecret(dataDir)
}
