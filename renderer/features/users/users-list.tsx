import CloudDownload from '@mui/icons-material/CloudDownloadOutlined';
import People from '@mui/icons-material/PeopleOutlined';
import Button from '@mui/material/Button';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { UserRow } from '../../../shared/model/user.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useCommand } from '../../client/use-command.ts';
import type { EnginePages } from '../../client/use-engine-pages.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { usePreferences } from '../../state/preferences.ts';
import { faultPanelText } from '../../text/fault-panel-text.ts';
import { isEngineLost } from '../../text/fault-sentence.ts';
import { usersText } from '../../text/users-text.ts';
import { rowHeights } from '../../theme/tokens.ts';
import { selectColumn } from './select-column.tsx';
import type { UserSelection } from './use-user-selection.ts';
import { narrowUserColumns, userColumns } from './user-columns.tsx';

type Props = {
  readonly list: EnginePages<OutputFor<'users.page'>, UserRow>;
  readonly accountId: AccountId;
  /** Another question starts at the top of its answer. */
  readonly listKey: string;
  readonly isSearching: boolean;
  readonly wasLoaded: boolean;
  readonly hasPanel: boolean;
  readonly openId: string | undefined;
  /** Null: nothing can be done to users, so none is selected. */
  readonly selection: UserSelection | null;
  readonly onOpen: (row: UserRow) => void;
};

export function UsersList(props: Props) {
  const { list, accountId, listKey, isSearching, wasLoaded, hasPanel, openId, selection, onOpen } = props;
  const columns = hasPanel ? narrowUserColumns : userColumns;
  const density = usePreferences((preferences) => preferences.density);
  if (list.error && list.total === null && !isEngineLost(list.error)) {
    return <ErrorPanel {...faultPanelText(list.error)} onRetry={list.retry} />;
  }
  if (list.total === 0 && !list.isStale) {
    if (isSearching) return <NoticePanel live="status" title={usersText.noMatchTitle} body={usersText.noMatchBody} />;
    if (!wasLoaded) return <NeverLoaded accountId={accountId} />;
    return <NoticePanel icon={<People />} title={usersText.emptyTitle} body={usersText.emptyBody} />;
  }
  return (
    <VirtualTable
      key={listKey}
      label={usersText.list}
      columns={selection ? [selectColumn(selection), ...columns] : columns}
      rowCount={list.total ?? 20}
      rowAt={list.rowAt}
      rowHeight={rowHeights[density]}
      onRange={list.onRange}
      onOpen={onOpen}
      onKey={(key, row, { index, isShift }) => {
        if (!selection) return false;
        if (key === 'Escape' && selection.ids.size > 0) selection.clear();
        else if (key === ' ') selection.toggle(row.id, index, isShift);
        else return false;
        return true;
      }}
      isSelected={(row) => row.id === openId}
      isStale={list.isStale}
      minWidth={hasPanel ? 500 : 1000}
    />
  );
}

function NeverLoaded({ accountId }: { readonly accountId: AccountId }) {
  const { run, isRunning } = useCommand('sync.now');
  return (
    <NoticePanel icon={<CloudDownload />} title={usersText.neverLoadedTitle} body={usersText.neverLoadedBody}>
      <Button variant="outlined" loading={isRunning} onClick={() => void run({ accountId })}>
        {usersText.syncNow}
      </Button>
    </NoticePanel>
  );
}
