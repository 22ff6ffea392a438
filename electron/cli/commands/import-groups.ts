import { importLicenseDocument, importWelcomeDocument } from '../../../shared/contract/import-documents.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ImportId } from '../../../shared/model/ids.ts';
import { ASSIGNED, LICENSE_LABELS, missingLicenses, MITEL_ONE_TIERS } from '../../../shared/model/license.ts';
import {
  LICENSE_OBSTACLES,
  missingOf,
  WELCOME_OBSTACLES,
  type LicenseChange,
  type NeededSeats,
} from '../../../shared/model/user-group.ts';
import { EXIT, UsageError, type CommandLine } from '../command-line.ts';
import type { ConsoleSession } from '../console-session.ts';
import type { Terminal } from '../terminal.ts';
import { Refused, type Command } from './command.ts';
import { namedImport, uploadOf } from './import-uploads.ts';
import { sendNow } from './send-now.ts';

/** Welcome e-mails to the new users of an import; with --again also to those who need none, with --dry-run to nobody. */
export const importWelcome: Command = async (line, session, terminal) => {
  const { id } = await uploadNamed(line, session);
  const to = { group: { kind: 'upload', id }, again: line.options['again'] === true } as const;
  const { readyCount, left } = must(await session.client.uploads.welcomePlan(to), 'it was listed just now');
  const isLook = line.options['dry-run'] === true || readyCount === 0;
  const asked = isLook ? null : await session.client.uploads.welcome(to);
  if (asked && !asked.ok) throw new Refused(asked.refusal);
  if (asked) await send(session, terminal);
  return {
    exit: EXIT.done,
    document: { command: 'import welcome', version: 1, importId: asked ? asked.value.id : null, readyCount, left },
    schema: importWelcomeDocument,
    text: `${readyCount} users ${isLook ? 'can be' : 'are'} sent a welcome e-mail.\n${leftOut(WELCOME_OBSTACLES, left)}`,
  };
};

/** Licenses of exactly the users of an import (IMP-11); with --dry-run of nobody. */
export const importLicense: Command = async (line, session, terminal) => {
  const { id } = await uploadNamed(line, session);
  const wanted = { group: { kind: 'upload', id }, change: changeOf(line) } as const;
  const { readyCount, left, seats } = must(await session.client.uploads.licensePlan(wanted), 'it was listed just now');
  const missing = missingOf(seats);
  const isLook = line.options['dry-run'] === true || readyCount === 0;
  const asked = isLook ? null : await session.client.uploads.license(wanted);
  if (asked && !asked.ok) throw new Refused(asked.refusal);
  if (asked) await send(session, terminal);
  const importId: ImportId | null = asked ? asked.value.id : null;
  const lack = missing > 0 ? `${missingLicenses(missing)}.\n` : '';
  return {
    exit: missing > 0 ? EXIT.findings : EXIT.done,
    document: { command: 'import license', version: 1, importId, readyCount, left, seats },
    schema: importLicenseDocument,
    text: `The licenses of ${readyCount} users ${isLook ? 'can be' : 'are'} changed.\n${lack}${seatLines(seats)}${leftOut(LICENSE_OBSTACLES, left)}`,
  };
};

/** One line for each license of the account. */
export function seatLines(seats: readonly NeededSeats[]): string {
  return seats
    .map(
      ({ license, total, assigned, needed }) =>
        `  ${LICENSE_LABELS[license]}: ${assigned} of ${total} assigned, ${needed} needed\n`,
    )
    .join('');
}

async function uploadNamed(line: CommandLine, session: ConsoleSession) {
  return uploadOf((await session.client.uploads.list({ accountId: null })).uploads, namedImport(line));
}

async function send(session: ConsoleSession, terminal: Terminal): Promise<void> {
  terminal.progress('Sending …');
  await sendNow(session);
  terminal.progress('');
}

function leftOut<O extends string>(obstacles: readonly O[], left: Readonly<Record<O, number>>): string {
  return obstacles
    .filter((obstacle) => left[obstacle] > 0)
    .map((obstacle) => `  left out: ${left[obstacle]} ${obstacle}\n`)
    .join('');
}

function changeOf({ options }: CommandLine): LicenseChange {
  const tier = options['mitel-one'];
  const meetings = options['meetings'];
  const mitelOne = MITEL_ONE_TIERS.find((known) => known.toLowerCase() === tier) ?? (tier === 'none' ? '' : undefined);
  if (tier !== undefined && mitelOne === undefined)
    throw new UsageError('--mitel-one is one of essential, premier, elite, none.');
  if (meetings !== undefined && meetings !== 'yes' && meetings !== 'no')
    throw new UsageError('--meetings is yes or no.');
  if (tier === undefined && meetings === undefined)
    throw new UsageError('Say what to assign: --mitel-one essential|premier|elite|none, --meetings yes|no.');
  return {
    ...(mitelOne === undefined ? {} : { mitelOne }),
    ...(meetings === undefined ? {} : { miteamMeetings: meetings === 'yes' ? ASSIGNED : '' }),
  };
}
