import { SelectField, TextField } from '@/app/_ui/field'
import { FilterForm } from '@/app/_ui/filter-form'
import { AUDIT_SUBJECTS } from '@/domain/audit'
import { type AuditView, auditHref, auditParams } from './search-params'
import { SUBJECT_NAMES } from './words'

/** Person, thing and time. */
export function AuditFilterForm({ view }: { view: AuditView }) {
  const isFiltered = Object.keys(auditParams({ ...view, before: null })).length > 0
  return (
    <FilterForm page="/admin/audit" shown={auditHref(view)} isFiltered={isFiltered} submit="Show changes">
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
    </FilterForm>
  )
}
