import { wireBatch, type WireOperation } from '../../../shared/cloud/wire.ts';
import type { Answer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';

const FAILED = {
  statusCode: 500,
  headers: {},
  body: { message: 'Something went wrong in the cloud. Try again later.' },
};

/**
 * A batch in which some operations end with a 5xx of their own, half of them executed all the same: an error inside a batch says
 * nothing about what was done. Any other request runs as it is.
 */
export function withOperationErrors(
  request: ApiRequest,
  { share, random }: { readonly share: number; readonly random: () => number },
  run: (request: ApiRequest) => Answer,
): Answer {
  const operations = operationsOf(request);
  if (!operations) return run(request);
  const fates = operations.map(() => (random() >= share ? 'whole' : random() < 0.5 ? 'executed' : 'skipped'));
  const executed = operations.filter((_, index) => fates[index] !== 'skipped');
  if (executed.length === 0) return { status: 200, body: { operations: operations.map(() => FAILED) } };
  const answer = run({ ...request, rawBody: JSON.stringify({ operations: executed }) });
  const { operations: outcomes } = (answer.body ?? {}) as { readonly operations?: readonly unknown[] };
  if (!outcomes) return answer;
  const left = [...outcomes];
  const merged = fates.map((fate) => {
    const outcome = fate === 'skipped' ? FAILED : left.shift();
    return fate === 'whole' ? outcome : FAILED;
  });
  return { ...answer, body: { operations: merged } };
}

function operationsOf(request: ApiRequest): readonly WireOperation[] | null {
  if (request.method !== 'PATCH' || request.segments.at(-1) !== 'users') return null;
  try {
    const parsed = wireBatch.safeParse(JSON.parse(request.rawBody));
    return parsed.success ? parsed.data.operations : null;
  } catch {
    return null;
  }
}
