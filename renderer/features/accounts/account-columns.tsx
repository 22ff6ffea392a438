import PriorityHigh from '@mui/icons-material/PriorityHigh';
import type { OutputFor } from '../../client/operation-types.ts';
import type { Pins } from '../../client/use-pins.ts';
import { PendingPill } from '../../components/pending-pill.tsx';
import { Pill } from '../../components/pill.tsx';
import { PinButton } from '../../components/pin-button.tsx';
import { TableText } from '../../components/table-text.tsx';
import type { TableColumn } from '../../components/virtual-table.tsx';
import { accountsText } from '../../text/accounts-text.ts';
import { shortCountryName } from '../../text/country-names.ts';
import { count } from '../../text/numbers.ts';
import { offlineText } from '../../text/offline-text.ts';
import { pendingLabels, pendingSentences } from '../../text/pending-text.ts';
import { dateText } from '../../text/times.ts';

export type AccountRow = OutputFor<'accounts.list'>['rows'][number];

/** ACC-1, and the pin of OFF-1. */
export function accountColumns(
  { isPinned }: Pins,
  onPin: (row: AccountRow) => void,
): readonly TableColumn<AccountRow>[] {
  const pin: TableColumn<AccountRow> = {
    key: 'pin',
    label: offlineText.column,
    width: '52px',
    render: (row) => (
      <PinButton
        isPinned={isPinned(row.id)}
        label={isPinned(row.id) ? offlineText.unpinAccount(row.name) : offlineText.pinAccount(row.name)}
        onToggle={() => onPin(row)}
      />
    ),
  };
  return [pin, ...columns];
}

const columns: readonly TableColumn<AccountRow>[] = [
  {
    key: 'name',
    label: accountsText.name,
    width: 'minmax(180px, 2fr)',
    render: (row) => (
      <span style={{ fontWeight: 600 }}>
        <TableText text={row.name} />
      </span>
    ),
  },
  {
    key: 'number',
    label: accountsText.number,
    width: '140px',
    render: (row) => <TableText text={row.accountNumber || accountsText.notSentYet} quiet={row.accountNumber === ''} />,
  },
  {
    key: 'serverId',
    label: accountsText.accountId,
    width: 'minmax(118px, 0.9fr)',
    render: (row) => <TableText text={row.serverId ?? accountsText.notSentYet} quiet />,
  },
  {
    key: 'users',
    label: accountsText.users,
    width: '84px',
    align: 'end',
    render: (row) => (row.userCount === null ? '–' : count(row.userCount)),
  },
  {
    key: 'location',
    label: accountsText.location,
    width: 'minmax(130px, 1.3fr)',
    render: (row) => <TableText text={[row.city, shortCountryName(row.country)].filter(Boolean).join(', ')} />,
  },
  {
    key: 'modifiedAt',
    label: accountsText.modifiedOn,
    width: '112px',
    render: (row) => <TableText text={dateText(row.modifiedAt)} quiet />,
  },
  {
    key: 'status',
    label: accountsText.status,
    width: 'minmax(210px, 1.3fr)',
    render: (row) => <AccountMarks row={row} />,
  },
];

function AccountMarks({ row }: { readonly row: AccountRow }) {
  return (
    <span style={{ display: 'inline-flex', gap: 6 }}>
      {row.isPartnerAccount && <Pill tone="accent">{accountsText.partnerAccount}</Pill>}
      {row.pending && !isCounted(row) && (
        <PendingPill
          pending={row.pending}
          label={pendingLabels[row.pending]}
          sentence={pendingSentences[row.pending]}
        />
      )}
      {row.attentionCount > 0 && (
        <Pill tone="error" icon={<PriorityHigh />}>
          {accountsText.needsAttention(row.attentionCount)}
        </Pill>
      )}
      {row.waitingCount > 0 && <Pill tone="note">{accountsText.waiting(row.waitingCount)}</Pill>}
    </span>
  );
}

/** The numbers beside it say the same, and more. */
function isCounted({ pending, waitingCount, attentionCount }: AccountRow): boolean {
  return (pending === 'changed' && waitingCount > 0) || (pending === 'attention' && attentionCount > 0);
}
