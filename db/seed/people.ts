import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Role } from '@/domain/vocabulary'
import type { Db } from '../client'
import { hashPassword } from '../password'

type SignIn = {
  email: string
  password: string
  name: string
  role: Role
  what: string
  /** Slugs; an admin sees all and needs none. */
  restaurants?: string[]
}

/** The people of demo/sign-ins.json with their passwords, in their restaurants and in those that `more` adds by email. */
export async function addPeople(
  tx: Db,
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
  await tx.execute(sql`
    with person as (
      select * from json_to_recordset(${JSON.stringify(people)}::text::json)
        as person (email text, name text, role text, hash text, slugs json)
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
    join restaurants using (slug)`)
}
