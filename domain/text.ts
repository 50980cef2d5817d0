import { z } from 'zod'

const UNREADABLE = '\ufffd'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for; tab and line breaks may stay.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** Whether a text has at most so many characters, as people count them. */
export const fits = (text: string, most: number) => text.length <= most || [...text].length <= most

/** Text that PostgreSQL stores and people can read, in Unicode NFC, on one line with single spaces. */
export const readable = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') })
  .refine((text) => text.isWellFormed() && !text.includes(UNREADABLE), 'is not UTF-8: save the file as UTF-8')
  .refine((text) => !CONTROL.test(text), 'has a control character, such as NUL')
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())

const tooLong = (most: number) => `Write ${most.toLocaleString('en')} characters at most.`

/** One line that may be empty, for a form. */
export const optionalLine = (most: number) =>
  readable.refine((text) => fits(text, most), { error: tooLong(most) })

/** One line with something in it that can be read aloud, for a form. `error` says what to write. */
export const line = (most: number, error: string) =>
  optionalLine(most).refine((text) => /[\p{L}\p{N}]/u.test(text), { error })

/** A text of several lines that may be empty, for a form; its line breaks are kept. */
export const prose = (most: number) =>
  z
    .string()
    .refine((text) => text.isWellFormed() && !CONTROL.test(text), {
      error: 'This has characters that can’t be stored. Type it again.',
    })
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/\r\n?/g, '\n')
        .replace(/[^\S\n]+/g, ' ')
        .trim(),
    )
    .refine((text) => fits(text, most), { error: tooLong(most) })

/** An id as forms and documents carry it. */
export const idSchema = z.coerce.number().int().min(1).max(2_147_483_647)

/** A whole number that was typed, with words for every other text. */
export const wholeNumber = (least: number, most: number, what: string) => {
  const error = `Write a whole number of ${what} from ${least} to ${most.toLocaleString('en')}.`
  return z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .regex(/^\d{1,10}$/, { error })
          .transform(Number),
      ],
      { error },
    )
    .pipe(z.number().int({ error }).min(least, { error }).max(most, { error }))
}
