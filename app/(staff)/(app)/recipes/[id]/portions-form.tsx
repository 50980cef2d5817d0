import Form from 'next/form'
import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { classes } from '@/app/_ui/classes'
import { recipeHref } from './search-params'

const USUAL = [1, 4, 10, 50]

/** How many portions the card is for, in the URL: the usual numbers are links, any other is typed. */
export function PortionsForm({ id, portions }: { id: number; portions: number }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span id="portions" className="text-muted">
        Portions
      </span>
      <nav aria-labelledby="portions" className="flex gap-1">
        {USUAL.map((number) => (
          <Link
            key={number}
            href={recipeHref(id, number)}
            prefetch={false}
            scroll={false}
            aria-current={number === portions ? 'true' : undefined}
            className={classes(
              'grid min-h-11 min-w-11 place-items-center rounded-md px-2 md:min-h-9 md:min-w-9',
              number === portions ? 'bg-wash font-semibold' : 'hover:bg-wash',
            )}
          >
            {number}
          </Link>
        ))}
      </nav>
      <Form action={`/recipes/${id}`} prefetch={false} scroll={false} className="flex gap-2">
        <input
          // Another URL brings its own number.
          key={portions}
          type="number"
          name="portions"
          min={1}
          max={1000}
          required
          aria-label="Portions"
          defaultValue={portions}
          className="min-h-11 w-20 rounded-md border border-edge bg-surface px-2 text-end text-base md:min-h-9"
        />
        <Button>Scale</Button>
      </Form>
    </div>
  )
}
