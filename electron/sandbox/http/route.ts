import { SERVICE_VERSIONS, servicePath, type ServiceName } from '../../../shared/cloud/paths.ts';
import { adminAnswer } from '../admin/accounts.ts';
import { authenticationAnswer } from '../auth/authentication.ts';
import type { SandboxContext } from '../context.ts';
import { controlAnswer, type SandboxControl } from '../control/control.ts';
import { answerOf, Refused, type Answer } from './answer.ts';
import { notAllowed, notFound, type ApiRequest } from './api-request.ts';

type Address = { readonly service: ServiceName | null; readonly segments: readonly string[] };

/** Which service a path belongs to, and what is below its prefix. */
export function addressOf(pathname: string): Address {
  for (const service of Object.keys(SERVICE_VERSIONS) as ServiceName[]) {
    const prefix = `${servicePath(service)}/`;
    if (pathname.startsWith(prefix)) return { service, segments: decoded(pathname.slice(prefix.length)) };
  }
  return { service: null, segments: [] };
}

/** The real answer to a request. Refusals become error bodies; anything else is a bug of the sandbox and is thrown. */
export function route(
  context: SandboxContext,
  control: SandboxControl,
  call: { readonly service: ServiceName | null; readonly request: ApiRequest },
): Answer {
  try {
    switch (call.service) {
      case 'authentication':
        return authenticationAnswer(context, call.request);
      case 'admin':
        return adminAnswer(context, call.request);
      case 'sandbox-capabilities':
        return capabilitiesAnswer(context, call.request);
      case 'sandbox-control':
        return controlAnswer(context, control, call.request);
      case null:
        throw notFound();
    }
  } catch (error) {
    if (error instanceof Refused) return answerOf(error);
    throw error;
  }
}

/** Ours: `GET capabilities`, without a token. */
function capabilitiesAnswer(context: SandboxContext, request: ApiRequest): Answer {
  if (request.segments.join('/') !== 'capabilities') throw notFound();
  if (request.method !== 'GET') throw notAllowed('GET');
  return { status: 200, body: context.capabilities() };
}

function decoded(path: string): readonly string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return ['\u0000'];
  }
}
