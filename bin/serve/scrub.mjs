const HIDDEN = '[hidden]'

/** Passwords in addresses before e-mail addresses, which the rest of such an address looks like. */
const PATTERNS = [
  [/(\w+:\/\/)[^\s/@"']+@/g, `$1${HIDDEN}@`],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[e-mail]'],
  [/\b(Bearer|Basic)\s+[^\s"',;\\]+/gi, `$1 ${HIDDEN}`],
  // An API key, wherever it stands.
  [/\bbrg_\d+_[\w-]+/g, HIDDEN],
  // One-time links carry their token in the path.
  [/(\/invite\/)[^\s/?#"'\\]+/g, `$1${HIDDEN}`],
  [/((?:set-)?cookie["'\\]*\s*[:=]\s*["'\\]*)[^"'\\\n]+/gi, `$1${HIDDEN}`],
  [/((?:__Host-)?brigade_\w+=)[^;\s"'\\]+/g, `$1${HIDDEN}`],
  [
    /((?:pass(?:word|wd|phrase)?|token|secret|authorization|api[-_]?key)["'\\]*\s*[:=]\s*["'\\]*)(?!\[hidden)[^\s"'\\,;&}]+/gi,
    `$1${HIDDEN}`,
  ],
]

/**
 * A text without what nobody may read in a log: e-mail addresses, tokens and keys, passwords, cookies.
 * @param {string} text
 * @returns {string}
 */
export function scrub(text) {
  return PATTERNS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text)
}
