import { createHash } from 'node:crypto'

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100dvh; display: grid; place-content: center; padding: 1rem;
  font: 1rem/1.45 "Inter Variable", system-ui, sans-serif;
  color: light-dark(#1d1a14, #efece6); background: light-dark(#fcfaf7, #12100c); }
main { max-width: 28rem; }
h1 { font-size: 1.75rem; line-height: 1.15; margin: 0 0 .75rem; letter-spacing: -.01em; }
p { margin: 0 0 1rem; color: light-dark(#5f5a52, #b5b0a7); }
a { display: inline-block; padding: .6rem 1rem; border-radius: 6px; font-weight: 600; text-decoration: none;
  color: light-dark(#fcfaf7, #171f10); background: light-dark(#3d6a2e, #a0d38a); }
a:focus-visible { outline: 2px solid; outline-offset: 2px; }
`

const hash = createHash('sha256').update(STYLE).digest('base64')

/** The pages need nothing but themselves, so they may use nothing else. */
export const CALM_PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** Whole without the app and without JavaScript; the link asks for the same page again. */
const calmPage = (title, words) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Brigade</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${words}</p>
<a href="">Try again</a>
</main>
</body>
</html>
`

export const BUSY_PAGE = calmPage(
  'The kitchen is busy',
  'More people are asking than we can serve at this moment, or our data is out of reach. Nothing you saved before is lost. Wait a few seconds, then try again.',
)

/**
 * @param {string} requestId finds the request in the log: letters, digits, `.`, `_` and `-` alone
 */
export function brokenPage(requestId) {
  return calmPage(
    'This did not work',
    `Something on our side went wrong, not on yours. Nothing you saved before is lost. If it happens again, tell whoever runs Brigade and give them this number: ${requestId}.`,
  )
}
