import Link from 'next/link'
import { TextField } from '@/app/_ui/field'
import type { IngredientName } from '@/db/queries/ingredients'
import { type RecipesView, recipesHref } from './search-params'

/**
 * Finds an ingredient by its name and takes it in or out. The suggestions come with the page, so that they are the same
 * links while typing and, without JavaScript, after Enter.
 */
export function IngredientField({
  view: { search, find },
  suggested,
}: {
  view: RecipesView
  suggested: readonly IngredientName[]
}) {
  return (
    <div className="grid gap-1 pb-2">
      <TextField
        type="search"
        name="find"
        label="Find an ingredient"
        labelHidden
        placeholder="Find an ingredient"
        defaultValue={find}
        maxLength={60}
        autoComplete="off"
      />
      <p role="status" className={find ? 'text-sm text-muted' : 'sr-only'}>
        {find ? suggestionWords(suggested.length, find) : ''}
      </p>
      {suggested.length > 0 ? (
        <ul aria-label="Suggested ingredients">
          {suggested.map(({ id, name }) => (
            <li key={id} className="flex min-h-11 items-center gap-3 leading-tight lg:min-h-8">
              <span className="min-w-0 grow py-1">{name}</span>
              <Choose
                label={`with ${name}`}
                href={recipesHref(search, { contains: [...search.contains, id] })}
              >
                with
              </Choose>
              <Choose
                label={`without ${name}`}
                href={recipesHref(search, { excludes: [...search.excludes, id] })}
              >
                without
              </Choose>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

const suggestionWords = (found: number, find: string): string =>
  found === 0
    ? `No ingredient is called like “${find}”. Try a shorter word.`
    : `${found} ${found === 1 ? 'ingredient' : 'ingredients'} like “${find}”`

const Choose = ({ label, href, children }: { label: string; href: string; children: string }) => (
  <Link
    href={href}
    prefetch={false}
    scroll={false}
    aria-label={label}
    className="inline-flex min-h-11 items-center underline lg:min-h-7"
  >
    {children}
  </Link>
)
