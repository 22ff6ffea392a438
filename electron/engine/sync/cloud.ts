import {
  NO_CAPABILITIES,
  wireCapabilities,
  wireChanges,
  wireCollection,
  type Capabilities,
} from '../../../shared/cloud/wire.ts';
import type { CloudClient, CloudRequest } from '../remote/cloud-client.ts';
import type { Answer } from '../remote/answer.ts';
import type { Connection } from './connection.ts';

/** The cloud as the sync sees it: every answer is observed, optional capabilities are known. */
export type Cloud = {
  send(request: CloudRequest): Promise<Answer>;
  /** Asked once per connection; a server without the path has none (CLOUD_API.md "Ours"). Null: no answer yet. */
  capabilities(): Promise<Capabilities | null>;
  forgetCapabilities(): void;
};

export function createCloud(client: CloudClient, connection: Connection): Cloud {
  let known: Capabilities | null = null;
  async function send(request: CloudRequest): Promise<Answer> {
    const answer = await client.send(request);
    connection.observe(answer);
    return answer;
  }
  return {
    send,
    async capabilities() {
      if (known) return known;
      const answer = await client.sendAnonymous({
        method: 'GET',
        service: 'sandbox-capabilities',
        path: 'capabilities',
      });
      connection.observe(answer);
      if (answer.kind === 'ok') {
        const parsed = wireCapabilities.safeParse(answer.body);
        known = parsed.success ? parsed.data : NO_CAPABILITIES;
      } else if (answer.kind === 'refused' || answer.kind === 'unauthorised') known = NO_CAPABILITIES;
      return known;
    },
    forgetCapabilities: () => {
      known = null;
    },
  };
}

export type Page = { readonly items: readonly unknown[]; readonly next: string | null; readonly count: number | null };

export function pageOf(body: unknown): Page | null {
  const parsed = wireCollection.safeParse(body);
  if (!parsed.success) return null;
  return {
    items: parsed.data._embedded?.items ?? [],
    next: parsed.data._links?.next ?? null,
    count: parsed.data.count ?? null,
  };
}

export type ChangePage = {
  readonly items: readonly { id: string; deleted: boolean; reason: string; body?: unknown }[];
  readonly token: string;
  readonly hasMore: boolean;
};

export function changesOf(body: unknown): ChangePage | null {
  const parsed = wireChanges.safeParse(body);
  return parsed.success ? parsed.data : null;
}
