import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { AUDIT_SUBJECTS } from '@/domain/audit'
import { type AuditView, auditHref, auditParams } from './search-params'
import { SUBJECT_NAMES } from './words'

/** Person, thing and time, as a GET form: it works before JavaScript runs, and without. */
export function AuditFilterForm({ view }: { view: AuditView }) {
  const isFiltered = Object.keys(auditParams({ ...view, before: null })).length > 0
  return (
    <Form
      // Inputs keep what was typed; another URL has to bring its own values.
      key={auditHref(view)}
      action="/admin/audit"
      prefetch={false}
      scroll={false}
      className="grid grid-cols-2 items-end gap-x-2 gap-y-3 pb-4 md:flex md:flex-wrap"
    >
      <TextField
        type="search"
        name="by"
        label="Who"
        placeholder="Name or e-mail"
        defaultValue={view.person}
        maxLength={100}
        autoComplete="off"
        className="min-w-0 md:w-44"
      />
      <SelectField name="kind" label="What" defaultValue={view.subject ?? ''} className="min-w-0">
        <option value="">Anything</option>
        {AUDIT_SUBJECTS.map((subject) => (
          <option key={subject} value={subject}>
            {SUBJECT_NAMES[subject]}
          </option>
        ))}
      </SelectField>
      <TextField
        type="search"
        name="q"
        label="Which one"
        placeholder="Name or number"
        defaultValue={view.thing || (view.subjectId ?? '')}
        maxLength={100}
        autoComplete="off"
        className="col-span-2 min-w-0 md:w-52"
      />
      <SelectField
        name="time"
        label="When"
        defaultValue={view.time === 'range' ? 'any' : view.time}
        className="col-span-2 min-w-0"
      >
        <option value="any">Any time, or as below</option>
        <option value="today">Today</option>
        <option value="week">Last 7 days</option>
      </SelectField>
      <TextField type="date" name="from" label="From" defaultValue={view.from ?? ''} className="min-w-0" />
      <TextField type="date" name="to" label="To" defaultValue={view.to ?? ''} className="min-w-0" />
      <Button className={isFiltered ? undefined : 'col-span-2'}>Show changes</Button>
      {isFiltered ? (
        <Link
          href="/admin/audit"
          prefetch={false}
          className="grid min-h-11 place-items-center underline md:min-h-9"
        >
          Clear filters
        </Link>
      ) : null}
    </Form>
  )
}
