/** The root of the word in the languages that guests write in, and what means the same without it. */
const ALLERGY = /al+[eé]rg|anaph?[yi]l|c[oe]+liac|celia[ck]|z[öo]liak|intol[eé]r|unverträglich/i

/** Whether a note speaks of what a guest must not eat. One too many is harmless, one too few is not. */
export const isAllergyNote = (text: string): boolean => ALLERGY.test(text)
