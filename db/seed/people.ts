import { readFile } from 'node:fs/promises'
import type { Session } from '@/db/client'
import { hashPassword } from '@/db/password'
import type { Role } from '@/domain/vocabulary'

type SignIn = {
  email: string
  password: string
  role: Role
  name: string
  what: string
  /** Slugs; an admin sees all and needs none. */
  restaurants?: string[]
}

/** The people of demo/sign-ins.json with their passwords; where `more` names a person, these restaurants are added. */
export async function addPeople(
  session: Session,
  more: Readonly<Record<string, readonly string[]>> = {},
): Promise<void> {
  const file = new URL('./demo/sign-ins.json', import.meta.url)
  const signIns = JSON.parse(await readFile(file, 'utf8')) as SignIn[]
  const people = await Promise.all(
    signIns.map(async ({ email, name, role, password, restaurants = [] }) => ({
      email,
      name,
      role,
      hash: await hashPassword(password),
      slugs: [...restaurants, ...(more[email] ?? [])],
    })),
  )
  await session.query(ADD_PEOPLE, [JSON.stringify(people)])
}

const ADD_PEOPLE = `
with person as (
  select * from json_to_recordset($1::text::json) as person (email text, name text, role text, hash text, slugs json)
), added as (
  insert into users (name, email, email_verified, role) select name, email, true, role from person
  returning id, email
), password as (
  insert into accounts (user_id, account_id, provider_id, password)
  select id, id::text, 'credential', hash from added join person using (email)
)
insert into memberships (restaurant_id, user_id)
select restaurants.id, added.id
from added
join person using (email)
cross join json_array_elements_text(slugs) as chosen (slug)
join restaurants using (slug)`
