import Add from '@mui/icons-material/Add';
import Business from '@mui/icons-material/BusinessOutlined';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Box from '@mui/material/Box';
import { useMemo, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { AccountState } from '../../../shared/model/account.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEnginePages } from '../../client/use-engine-pages.ts';
import { usePins } from '../../client/use-pins.ts';
import { usePermission, useSession } from '../../client/use-session.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useSearchShortcut } from '../../components/use-search-shortcut.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { usePreferences } from '../../state/preferences.ts';
import { accountsText } from '../../text/accounts-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { dataAge } from '../../text/times.ts';
import { rowHeights } from '../../theme/tokens.ts';
import { accountColumns, type AccountRow } from './account-columns.tsx';
import { usePinning } from './use-pinning.ts';

/** ACC-1. */
export function AccountsPage() {
  const [state, setState] = useState<AccountState>('ACTIVE');
  const [search, setSearch] = useState('');
  const searchBox = useRef<HTMLInputElement>(null);
  useSearchShortcut(searchBox);
  const navigate = useNavigate();
  const density = usePreferences((preferences) => preferences.density);
  const status = useSyncStatus(null);
  const session = useSession();
  const mayView = usePermission('accounts.view');
  const mayAdd = usePermission('accounts.add');
  const list = useEnginePages({ name: 'accounts.list', input: { state, search: search.trim() }, rowsOf });

  if (session && !mayView) {
    return (
      <NoticePanel
        isPage
        title={accountsText.noPermissionTitle}
        body={accountsText.noPermissionBody}
        icon={<Business />}
      />
    );
  }
  return (
    <PageLayout
      title={accountsText.title}
      facts={status && <AgeLabel {...dataAge(status.accountsSyncedAt, status.nowMs)} />}
      actions={
        mayAdd && (
          <Button component={Link} to="/accounts/new" variant="contained" startIcon={<Add />}>
            {accountsText.add}
          </Button>
        )
      }
    >
      <Box sx={{ display: 'flex', gap: 1.5, pb: 1.25, alignItems: 'center', flexWrap: 'wrap' }}>
        <SearchField
          label={accountsText.search}
          clearLabel={accountsText.clearSearch}
          hint="/"
          value={search}
          onChange={setSearch}
          inputRef={searchBox}
          width={340}
        />
        <ToggleButtonGroup
          exclusive
          size="small"
          value={state}
          onChange={(_, next: AccountState | null) => next && setState(next)}
          aria-label={accountsText.show}
        >
          <ToggleButton value="ACTIVE">{accountsText.active(list.answer?.activeCount ?? null)}</ToggleButton>
          <ToggleButton value="DEACTIVATED">
            {accountsText.deactivated(list.answer?.deactivatedCount ?? null)}
          </ToggleButton>
        </ToggleButtonGroup>
      </Box>
      <AccountsBody
        list={list}
        state={state}
        search={search}
        density={density}
        onOpen={(row) => void navigate(`/accounts/${row.id}/users`)}
      />
    </PageLayout>
  );
}

type BodyProps = {
  readonly list: ReturnType<typeof useEnginePages<'accounts.list', AccountRow>>;
  readonly state: AccountState;
  readonly search: string;
  readonly density: keyof typeof rowHeights;
  readonly onOpen: (row: AccountRow) => void;
};

function AccountsBody({ list, state, search, density, onOpen }: BodyProps) {
  const pins = usePins();
  const pin = usePinning(pins);
  const columns = useMemo(() => accountColumns(pins, pin), [pins, pin]);
  if (list.error && !isEngineLost(list.error) && list.total === null) {
    return <ErrorPanel {...faultPanelText(list.error)} onRetry={list.retry} />;
  }
  if (list.total === 0 && !list.isStale) {
    if (search.trim() !== '')
      return <NoticePanel live="status" title={accountsText.noMatchTitle} body={accountsText.noMatchBody} />;
    const isActive = state === 'ACTIVE';
    return (
      <NoticePanel
        icon={<Business />}
        title={isActive ? accountsText.emptyTitle : accountsText.emptyDeactivatedTitle}
        body={isActive ? accountsText.emptyBody : accountsText.emptyDeactivatedBody}
      />
    );
  }
  return (
    <VirtualTable
      key={`${state}\n${search}`}
      label={accountsText.list}
      columns={columns}
      onKey={(key, row) => {
        if (key.toLowerCase() !== 'p') return false;
        pin(row);
        return true;
      }}
      rowCount={list.total ?? 12}
      rowAt={list.rowAt}
      rowHeight={rowHeights[density]}
      onRange={list.onRange}
      onOpen={onOpen}
      isStale={list.isStale}
    />
  );
}

function rowsOf(answer: OutputFor<'accounts.list'>): readonly AccountRow[] {
  return answer.rows;
}
