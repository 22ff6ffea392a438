import { useEffect, useMemo, type RefObject } from 'react';
import type { RefusalCode } from '../../../shared/contract/refusals.ts';
import { USER_PROBLEMS, type UserProblem } from '../../../shared/model/user-rules.ts';
import { USER_FORM_FIELDS } from '../../../shared/model/user.ts';
import type { Refusal } from '../../../shared/rpc/outcome.ts';

type Outcome = { readonly ok: boolean; readonly refusal?: Refusal<RefusalCode> } | null;

/** The field that the engine did not take, which only it can know; it gets the focus, since it may be out of sight. */
export function useRefusedField(form: RefObject<HTMLElement | null>, outcome: Outcome): UserProblem | null {
  const refused = useMemo(() => refusedField(outcome), [outcome]);
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, refused]);
  return refused;
}

function refusedField(outcome: Outcome): UserProblem | null {
  if (outcome?.refusal?.code !== 'user.invalid') return null;
  const { details } = outcome.refusal;
  const field = USER_FORM_FIELDS.find((one) => one === details?.['field']);
  const problem = USER_PROBLEMS.find((one) => one === details?.['problem']);
  return field && problem ? { field, problem } : null;
}
