/** What the person does on the sign-in page. */
export type Visit =
  | { readonly email: string; readonly password: string; readonly account?: string }
  | 'deny'
  | 'nobody';

/** Stands for the system browser: opens the authorization page, fills in its form and follows the redirect back to the program. */
export async function visit(url: string, person: Visit): Promise<void> {
  if (person === 'nobody') return;
  const page = await (await fetch(url)).text();
  const request = /name="request" value="([^"]+)"/u.exec(page)?.[1] ?? '';
  const form =
    person === 'deny'
      ? { request, action: 'deny' }
      : { request, action: 'sign-in', email: person.email, password: person.password, account: person.account ?? '' };
  const target = new URL(url);
  const answer = await fetch(target.origin + target.pathname, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(form),
  });
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`the sign-in page did not send back: ${answer.status} ${await answer.text()}`);
  await fetch(back);
}
