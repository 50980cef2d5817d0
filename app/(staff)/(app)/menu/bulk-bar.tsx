import { Button } from '@/app/_ui/button'
import { BULK_FORM } from './bulk-form'
import { type MenuView, menuParams } from './search-params'

/** Leads to the page on which many dishes are changed at once: those that are ticked, or all that the filters find. */
export function BulkBar({
  view,
  currency,
  total,
  locale,
}: {
  view: MenuView
  currency: string
  total: number
  locale: string
}) {
  const filters = menuParams({ ...view, page: 1, sort: 'popularity', descending: true }, currency)
  return (
    // No `next/form`: that would leave out which button was pressed.
    <form id={BULK_FORM} action="/menu/change" className="flex flex-wrap items-center gap-2">
      {Object.entries(filters).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span className="hidden group-has-[[name=dish]:checked]/list:contents">
        <Button variant="primary" name="of" value="ticked">
          Change ticked dishes
        </Button>
      </span>
      <Button name="of" value="all">
        Change {total === 1 ? 'this dish' : `all ${total.toLocaleString(locale)} dishes`}
      </Button>
    </form>
  )
}
