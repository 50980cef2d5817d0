import { expect, test } from 'vitest'
import { isAllergyNote } from './kitchen-note'

test('what a guest must not eat is found in any of the ways in which it is written', () => {
  const notes = [
    'Allergy: nuts',
    'ALLERGIC TO SHELLFISH',
    'Nussallergie',
    'alergia al marisco',
    'allergène: lait',
    'coeliac',
    'Celiac disease',
    'Zöliakie',
    'lactose intolerant',
    'intolérance au gluten',
    'Laktoseunverträglichkeit',
    'risk of anaphylaxis',
  ]
  expect(notes.filter((note) => !isAllergyNote(note))).toEqual([])
})

test('a wish is no allergy', () => {
  const notes = ['No onion', 'Well done', 'Sauce on the side', 'Birthday candle', 'Gluten-free pasta']
  expect(notes.filter(isAllergyNote)).toEqual([])
})
