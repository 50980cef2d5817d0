import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Sentence } from './sentence.mjs'

/**
 * The generated secrets of a data folder, made on first use and kept in its `secrets.json`, which only its owner may
 * read. Call it under the data folder's lock.
 * @param {string} dataDir
 * @returns {{ databasePassword: string, authSecret: string, isNew: boolean }}
 */
export function secretsIn(dataDir) {
  const file = join(dataDir, 'secrets.json')
  if (existsSync(file)) return { ...readSecrets(file), isNew: false }
  const secrets = {
    databasePassword: randomBytes(24).toString('hex'),
    authSecret: randomBytes(32).toString('base64url'),
  }
  // Under another name first: a process killed in between must not leave half a file.
  const unfinished = `${file}.new`
  writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
  return { ...secrets, isNew: true }
}

function readSecrets(file) {
  const damaged = new Sentence(
    `${file} is damaged: remove it and run the command again (everyone will have to sign in again).`,
  )
  let secrets
  try {
    secrets = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw error instanceof SyntaxError ? damaged : error
  }
  if (!secrets?.databasePassword || !secrets.authSecret) throw damaged
  return secrets
}
