import type { SheetKind } from '@/domain/sheet'
import { SHEETS } from '@/domain/sheets'

type Described = { name: string; about: string; example: string }

const RECIPE: Described[] = [
  { name: 'id', about: 'What your source calls it; may be empty', example: 'pad-krapow' },
  { name: 'title', about: 'What it is called', example: 'Pad krapow moo' },
  { name: 'cuisine', about: 'Such as Thai', example: 'Thai' },
  { name: 'prep_time', about: 'Whole minutes', example: '18' },
  { name: 'chef', about: 'Whose recipe it is', example: 'Niran Suwan' },
  { name: 'chef_experience', about: 'Whole years, for a chef who is new', example: '12' },
  {
    name: 'ingredients',
    about: 'For one portion, with | between them: quantity, unit, name; then [allergens] and ; notes',
    example: '140 g Minced pork | 10 ml Oyster sauce [molluscs] | 1 pcs Eggs; fried',
  },
  {
    name: 'method',
    about: 'Steps, with | between them; may be empty',
    example: 'Brown the pork. | Season and toss.',
  },
]

/** The columns of a file of a kind, as the page and the template describe them. */
export const columnsOf = (kind: SheetKind): readonly Described[] =>
  kind === 'recipe'
    ? RECIPE
    : [
        { name: 'id', about: 'The number from an export; empty: by name, or something new', example: '' },
        ...SHEETS[kind].columns,
      ]
