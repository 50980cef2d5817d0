import { setTimeout as pause } from 'node:timers/promises'
import { openSession } from '@/db/client'
import type { Recorder } from '../migrate/traffic/recorder'

const BETWEEN_EDITS_MS = 1500
const ANSWER_WITHIN_MS = 10_000

export type EditCheck = {
  saved: number
  /** Recipes whose last saved title is not the one that the book has. */
  lost: number
}

/**
 * Cooks who retitle recipes through the form, as a browser without JavaScript sends it. A form is sent to the server that
 * made it: whoever has one open stays there.
 */
export async function openEditors(
  recorder: Recorder,
  databaseUrl: string,
  origins: () => string,
  { cookie, count }: { cookie: string; count: number },
) {
  const session = await openSession(databaseUrl, { applicationName: 'bench editors' })
  const recipes = await session.query<{ id: number }>('select id from recipes order by id limit $1', [count])
  await session.close()
  const titles = new Map<number, string>()
  const stopping = new AbortController()
  let saved = 0

  const editors = recipes.map(async ({ id }) => {
    for (let turn = 1; !stopping.signal.aborted; turn++) {
      await pause(BETWEEN_EDITS_MS, undefined, { signal: stopping.signal }).catch(() => {})
      const title = `Retitled ${id}, time ${turn}`
      const end = recorder.begin('edit')
      const failure = await retitle(`${origins()}/recipes/${id}/edit`, cookie, title)
      end(failure)
      if (failure !== null) continue
      saved++
      titles.set(id, title)
    }
  })

  return {
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(editors)
    },
    async check(): Promise<EditCheck> {
      const session = await openSession(databaseUrl, { applicationName: 'bench editors' })
      const rows = await session.query<{ id: number; title: string }>(
        // Whichever of the two columns the schema has by now.
        `select id, coalesce(to_jsonb(r) ->> 'title', to_jsonb(r) ->> 'name') as title from recipes r
         where id = any($1::int[])`,
        [[...titles.keys()]],
      )
      await session.close()
      const found = new Map(rows.map(({ id, title }) => [id, title]))
      return { saved, lost: [...titles].filter(([id, title]) => found.get(id) !== title).length }
    },
  }
}

/** Opens the form and sends it with another title. @returns why it failed, or null once the book has the title */
async function retitle(url: string, cookie: string, title: string): Promise<string | null> {
  const ask = async (init: RequestInit) => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const answer = await fetch(url, { redirect: 'manual', signal, ...init })
    return { status: answer.status, body: await answer.text() }
  }
  try {
    const page = await ask({ headers: { cookie } })
    const form = page.status === 200 ? readForm(page.body) : null
    if (!form) return `${page.status} for the form`
    form.set('title', title)
    const { status, body } = await ask({
      method: 'POST',
      body: form,
      headers: { cookie, origin: new URL(url).origin },
    })
    // The page that comes back is of the recipe as the book has it now.
    return body.includes(`<title>Edit ${title} `) ? null : `${status} ${textOf(body).slice(0, 200)}`
  } catch (error) {
    return String(error)
  }
}

/** What the form with a title would send, as it stands. */
function readForm(html: string): FormData | null {
  const forms = [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([, inner]) => inner ?? '')
  const inner = forms.find((each) => /<input[^>]* name="title"/.test(each))
  if (inner === undefined) return null
  const form = new FormData()
  for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')]
    const isOff = (type === 'checkbox' || type === 'radio') && !/ checked\b/.test(tag)
    if (name && !isOff && type !== 'file' && type !== 'submit')
      form.append(name, attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : ''))
  }
  for (const [, tag = '', text = ''] of inner.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
    const name = attribute(tag, 'name')
    if (name) form.append(name, decode(text))
  }
  for (const [, tag = '', options = ''] of inner.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const name = attribute(tag, 'name')
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => option)
    const chosen = all.find((option) => / selected\b/.test(option)) ?? all[0]
    if (name && chosen) form.append(name, attribute(chosen, 'value') ?? '')
  }
  return form
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decode(found)
}

const decode = (text: string): string =>
  text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

const textOf = (html: string): string =>
  html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
