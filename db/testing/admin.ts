import type { Db } from '@/db/client'
import { type ChainScope, chainScope } from '@/domain/scope'
import { findPerson } from '../queries/access'
import { addSession, addUser } from './people'

export type AdminScope = ChainScope<'menu:edit'> & ChainScope<'chain:manage'>

/** The scope of a new admin. */
export async function adminOf(db: Db): Promise<AdminScope> {
  const userId = await addUser(db, { role: 'admin' })
  const person = await findPerson(db, await addSession(db, userId))
  const scope = person && chainScope(person, 'menu:edit')
  if (!scope || !chainScope(person, 'chain:manage')) throw new Error('An admin may edit the menu.')
  return scope as AdminScope
}
