import { servicePath } from '../../../shared/cloud/paths.ts';
import { roleLabel } from '../../../shared/model/role.ts';
import type { SandboxContext } from '../context.ts';
import type { Answer } from '../http/answer.ts';
import { PAGE_STYLE } from './page-style.ts';

type SignInPage = {
  readonly requestId: string;
  readonly redirectUri: string;
  /** The sentence above the form; '' at first. */
  readonly error: string;
  /** What was typed before. */
  readonly email: string;
};

/** The sandbox's sign-in page: demo people to choose from, and the fields of a real one. Works without scripts. */
export function signInPage(context: SandboxContext, page: SignInPage): Answer {
  const people = context.store.identities.credentials();
  const options = people
    .map(
      (person) => `<li><button class="person" type="submit" name="identity" value="${escape(person.userId)}">
<span class="who">${escape(person.displayName)}</span>
<span class="role">${escape(roleLabel(person.role))}</span>
<span class="where">${escape(person.accountName)} · ${escape(person.accountNumber)}<br>${escape(person.email)}</span>
</button></li>`,
    )
    .join('\n');
  const error = page.error === '' ? '' : `<p class="error" role="alert">${escape(page.error)}</p>`;
  const action = servicePath('authentication', 'authorize');
  const request = `<input type="hidden" name="request" value="${escape(page.requestId)}">`;
  return htmlAnswer(context, {
    status: 200,
    redirectOrigin: new URL(page.redirectUri).origin,
    title: 'Fieldlink Sandbox – sign in',
    main: `<h1>Fieldlink Sandbox <span class="light">– sign in</span></h1>
<p class="notice"><strong>This is a practice cloud on this computer.</strong> Every person and company in it is invented; nothing here reaches a real customer.</p>
${error}
<form method="post" action="${action}" aria-labelledby="choose">${request}
<h2 id="choose">Choose a demo person</h2>
<ul class="people">
${options}
</ul></form>
<form method="post" action="${action}" aria-labelledby="type">${request}
<h2 id="type">Or sign in with e-mail and password</h2>
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${escape(page.email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<label for="account">Account number <span class="light">(only when the e-mail exists in several accounts)</span></label>
<input id="account" name="account" inputmode="numeric" pattern="[0-9]{9}" title="9 digits" autocomplete="off">
<button class="primary" type="submit" name="action" value="sign-in">Sign in</button>
</form>
<form method="post" action="${action}">${request}
<button class="plain" type="submit" name="action" value="deny">Cancel and go back to Fieldlink</button>
</form>`,
  });
}

/** A page for requests that must not be sent back to the program. */
export function problemPage(context: SandboxContext, sentence: string): Answer {
  return htmlAnswer(context, {
    status: 400,
    redirectOrigin: '',
    title: 'Fieldlink Sandbox – sign-in not possible',
    main: `<h1>Sign-in not possible</h1><p class="error" role="alert">${escape(sentence)}</p><p>Close this page and start again from Fieldlink.</p>`,
  });
}

function htmlAnswer(
  context: SandboxContext,
  page: { readonly status: number; readonly redirectOrigin: string; readonly title: string; readonly main: string },
): Answer {
  const nonce = context.ids.secret();
  // Browsers hold form-action against the redirect that follows the form, so the client's own address is in it.
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' ${page.redirectOrigin}; frame-ancestors 'none'; base-uri 'none'`;
  return {
    status: page.status,
    headers: {
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    text: {
      type: 'text/html; charset=utf-8',
      content: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title><style nonce="${nonce}">${PAGE_STYLE}</style></head>
<body><main>${page.main}</main></body></html>`,
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign);
}
