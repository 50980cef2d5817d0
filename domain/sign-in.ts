import { z } from 'zod'

/** Characters of a new password. Long ones hurt nobody, but hashing must not be fed a book. */
export const PASSWORD_LENGTH = { least: 10, most: 128 } as const

/** An e-mail address as it is stored: trimmed, lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z
      .email('Write an e-mail address, such as mia@example.com.')
      .max(254, 'This is longer than an address can be.'),
  )

/** What is typed to sign in. The password may be any: only the hash knows whether it is right. */
export const credentialsSchema = z.object({
  email: emailSchema,
  password: z
    .string()
    .min(1, 'Write your password.')
    .max(PASSWORD_LENGTH.most, `No password has more than ${PASSWORD_LENGTH.most} characters.`),
})

/** A password chosen anew and typed twice. */
export const newPasswordSchema = z
  .object({
    password: z
      .string()
      .min(
        PASSWORD_LENGTH.least,
        `Use ${PASSWORD_LENGTH.least} characters or more; a few words are easy to keep in mind.`,
      )
      .max(PASSWORD_LENGTH.most, `Use at most ${PASSWORD_LENGTH.most} characters.`),
    passwordAgain: z.string(),
  })
  .refine(({ password, passwordAgain }) => password === passwordAgain, {
    path: ['passwordAgain'],
    message: 'This is not the same as above. Write it once more.',
  })
