/** Makes the first admin, or a new password for somebody who lost theirs: prints a one-time link for EMAIL. */
import type { Db } from '../../db/client'
import { issuePasswordLink } from '../../db/mutations/users'
import { systemScope } from '../../domain/scope'
import { emailSchema } from '../../domain/sign-in'
import { withDatabase } from '../lib/with-database'

const [address, ...nameParts] = process.argv.slice(2)
const email = emailSchema.safeParse(address)

if (!email.success) {
  fail('Usage: npm run admin:create -- EMAIL [NAME], with an e-mail address such as mia@example.com.')
} else {
  const name = nameParts.join(' ').trim() || (email.data.split('@')[0] ?? email.data)
  await withDatabase((db) => printLink(db, email.data, name))
}

async function printLink(db: Db, to: string, name: string): Promise<void> {
  const link = await issuePasswordLink(db, systemScope(), { email: to, name })
  if (!link.ok) {
    return fail(
      `${to} is deactivated: ask an admin to activate it, or make another admin with another address.`,
    )
  }
  const origin = process.env.APP_URL || `http://localhost:${process.env.PORT || 3000}`
  const what = link.isNew ? `${to} is an admin now.` : `${to} is known already and stays ${link.role}.`
  console.error(`${what} This link sets the password; it works once, until this time tomorrow:`)
  console.log(new URL(`/invite/${link.token}`, origin).href)
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
