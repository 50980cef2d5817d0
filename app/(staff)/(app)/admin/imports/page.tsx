import type { Metadata } from 'next'
import Link from 'next/link'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { Button } from '@/app/_ui/button'
import { columnsFor, DataTable } from '@/app/_ui/data-table'
import { Empty } from '@/app/_ui/empty'
import { SelectField, TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { PageHeader } from '@/app/_ui/page-header'
import { timeAgo } from '@/app/_ui/time-ago'
import { type ImportSummary, listImports } from '@/db/queries/imports'
import { SHEET_KINDS } from '@/domain/sheet'
import { columnsOf } from './columns'
import { KIND_WORDS, stateWords, UPLOAD_PROBLEMS } from './words'

export const metadata: Metadata = { title: 'Imports' }

const SHOWN = 50
/** Where each kind can be had as a file that is imported again. */
const EXPORTED = { menu_item: 'dishes', ingredient: 'ingredients', supplier: 'suppliers' } as const

type Props = { searchParams: Promise<{ problem?: string | string[] }> }

/** Taking in a file of dishes, ingredients, suppliers or recipes: choose it, look at what it would do, take it. */
export default async function ImportsPage({ searchParams }: Props) {
  const { problem } = await searchParams
  const scope = await requireChain('menu:edit')
  const { locale } = await readerFormat()
  const files = await listImports(database(), scope, { limit: SHOWN })
  const isProblem = (word: unknown): word is keyof typeof UPLOAD_PROBLEMS =>
    typeof word === 'string' && Object.hasOwn(UPLOAD_PROBLEMS, word)
  return (
    <>
      <PageHeader title="Imports" note="Nothing is changed before you have seen what would be" />
      <form
        action="/admin/imports/upload"
        method="post"
        encType="multipart/form-data"
        className="grid max-w-3xl gap-3 border-t border-line py-4"
      >
        <FormMessage>{isProblem(problem) ? UPLOAD_PROBLEMS[problem] : null}</FormMessage>
        <div className="grid items-end gap-3 md:flex md:flex-wrap">
          <SelectField name="kind" label="In the file are">
            {SHEET_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_WORDS[kind]}
              </option>
            ))}
          </SelectField>
          <TextField
            type="file"
            name="file"
            label="File (CSV, up to 50 MB)"
            accept=".csv,text/csv"
            required
            className="grow"
          />
          <Button variant="primary">Check the file</Button>
        </div>
      </form>
      <section aria-labelledby="format" className="grid gap-2 border-t border-line py-4">
        <h2 id="format" className="text-lg font-semibold">
          What a file looks like
        </h2>
        <p className="max-w-prose text-muted">
          A table with the names of its columns in the first line, saved as CSV in UTF-8. Columns may be left
          out: what a file doesn’t say stays as it is. An export of a list can be changed and imported again.
        </p>
        {SHEET_KINDS.map((kind) => (
          <Format key={kind} kind={kind} />
        ))}
      </section>
      <section aria-label="Files" className="pt-4">
        {files.length === 0 ? (
          <Empty title="No file was imported yet">Each file appears here with what became of its rows.</Empty>
        ) : (
          <DataTable
            caption="Files"
            columns={columns(Date.now(), locale)}
            rows={files}
            rowId={({ id }) => String(id)}
          />
        )}
      </section>
    </>
  )
}

function Format({ kind }: { kind: (typeof SHEET_KINDS)[number] }) {
  return (
    <details className="border-b border-line py-1">
      <summary className="min-h-11 cursor-pointer content-center font-semibold md:min-h-8">
        {KIND_WORDS[kind]}
      </summary>
      <p className="flex flex-wrap gap-x-4 pb-2">
        <a
          href={`/admin/imports/template/${kind}`}
          download
          className="inline-block min-h-11 content-center underline md:min-h-8"
        >
          Download a template
        </a>
        {kind === 'recipe' ? null : (
          <a
            href={`/exports/${EXPORTED[kind]}`}
            download
            className="inline-block min-h-11 content-center underline md:min-h-8"
          >
            Export all {KIND_WORDS[kind].toLowerCase()} in this form
          </a>
        )}
      </p>
      <dl className="grid gap-x-4 gap-y-1 pb-3 md:grid-cols-[10rem_minmax(0,1fr)]">
        {columnsOf(kind).map(({ name, about }) => (
          <div key={name} className="contents">
            <dt className="font-semibold">{name}</dt>
            <dd className="pb-2 text-muted md:pb-0">{about}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const column = columnsFor<ImportSummary>()

const columns = (now: number, locale: string) => [
  column.accessor('fileName', {
    header: 'File',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <Link
        href={`/admin/imports/${original.id}`}
        prefetch={false}
        className="inline-flex min-h-11 items-center font-semibold wrap-anywhere md:min-h-7"
      >
        {original.fileName}
      </Link>
    ),
  }),
  column.accessor('kind', { header: 'In it', cell: ({ row: { original } }) => KIND_WORDS[original.kind] }),
  column.display({ id: 'state', header: 'State', cell: ({ row: { original } }) => stateWords(original) }),
  column.display({
    id: 'good',
    header: 'Added, changed',
    meta: { align: 'end', wideOnly: true },
    cell: ({ row: { original } }) =>
      `${original.added.toLocaleString(locale)}, ${original.changed.toLocaleString(locale)}`,
  }),
  column.accessor('refused', {
    header: 'Refused',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => original.refused.toLocaleString(locale),
  }),
  column.display({
    id: 'by',
    header: 'By',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => `${original.by ?? 'nobody'}, ${timeAgo(original.at, now)}`,
  }),
]
