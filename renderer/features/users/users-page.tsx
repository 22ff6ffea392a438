import PersonAdd from '@mui/icons-material/PersonAddOutlined';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { Link, Outlet, useMatch, useNavigate, useParams } from 'react-router';
import type { AccountId } from '../../../shared/model/ids.ts';
import type { UserRow } from '../../../shared/model/user.ts';
import type { OutputFor } from '../../client/operation-types.ts';
import { useEnginePages } from '../../client/use-engine-pages.ts';
import { usePermission, useSession } from '../../client/use-session.ts';
import { useSyncStatus } from '../../client/use-sync-status.ts';
import { AgeLabel } from '../../components/age-label.tsx';
import { NoticePanel } from '../../components/notice-panel.tsx';
import { PageLayout } from '../../components/page-layout.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useSearchShortcut } from '../../components/use-search-shortcut.ts';
import { dataAge } from '../../text/times.ts';
import { manageText } from '../../text/manage-text.ts';
import { usersText } from '../../text/users-text.ts';
import { sizes } from '../../theme/tokens.ts';
import { ManageUsers } from './manage-users.tsx';
import { useUserSelection } from './use-user-selection.ts';
import { UsersList } from './users-list.tsx';

/** USR-1: the users of one account, with the panel of one of them beside the list. */
export function UsersPage() {
  const accountId = useParams()['accountId'] as AccountId;
  const [search, setSearch] = useState('');
  const searchBox = useRef<HTMLInputElement>(null);
  useSearchShortcut(searchBox);
  const navigate = useNavigate();
  const session = useSession();
  const status = useSyncStatus(accountId);
  const mayView = usePermission('users.view');
  const mayAdd = usePermission('users.add');
  const mayEdit = usePermission('users.edit');
  const openId = useMatch('/accounts/:accountId/users/:userId/*')?.params.userId;
  const hasPanel = openId !== undefined;
  const list = useEnginePages({ name: 'users.page', input: { accountId, search: search.trim() }, rowsOf });
  const selection = useUserSelection({ accountId, search: search.trim(), total: list.total });

  if (session && !mayView)
    return <NoticePanel isPage title={usersText.noPermissionTitle} body={usersText.noPermissionBody} />;
  const isSearching = search.trim() !== '';
  return (
    <Box sx={{ display: 'flex', height: '100%', minWidth: 0 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <PageLayout
          title={usersText.title}
          facts={status && <AgeLabel {...dataAge(status.usersSyncedAt, status.nowMs)} />}
          actions={
            <>
              {mayEdit && (
                <ManageUsers
                  accountId={accountId}
                  selection={selection}
                  isDisabled={list.total === 0 && selection.ids.size === 0}
                />
              )}
              {mayAdd && (
                <>
                  <Button
                    component={Link}
                    to={`/accounts/${accountId}/import`}
                    startIcon={<UploadFile />}
                    variant="outlined"
                  >
                    {usersText.importUsers}
                  </Button>
                  <Button
                    component={Link}
                    to={`/accounts/${accountId}/users/new`}
                    startIcon={<PersonAdd />}
                    variant="contained"
                  >
                    {usersText.add}
                  </Button>
                </>
              )}
            </>
          }
        >
          <Box sx={{ display: 'flex', gap: 1.5, pb: 1.25, alignItems: 'center' }}>
            <SearchField
              label={usersText.search}
              clearLabel={usersText.clearSearch}
              hint="/"
              value={search}
              onChange={setSearch}
              inputRef={searchBox}
              width={320}
            />
            <Typography color="textSecondary" component="output" noWrap>
              {list.total !== null && countText(list.total, isSearching, list.answer?.isCapped === true)}
              {selection.ids.size > 0 && ` · ${manageText.selected(selection.ids.size)}`}
            </Typography>
          </Box>
          <UsersList
            list={list}
            accountId={accountId}
            listKey={`${accountId}\n${search}`}
            isSearching={isSearching}
            wasLoaded={status === undefined || status.usersSyncedAt !== null}
            hasPanel={hasPanel}
            openId={openId}
            selection={mayEdit ? selection : null}
            onOpen={(row) => void navigate(`/accounts/${accountId}/users/${row.id}`)}
          />
        </PageLayout>
      </Box>
      {hasPanel && (
        <Box
          component="aside"
          sx={{
            width: sizes.panel,
            flexShrink: 0,
            borderLeft: '1px solid',
            borderColor: 'divider',
            bgcolor: 'background.paper',
          }}
        >
          <Outlet />
        </Box>
      )}
    </Box>
  );
}

function countText(total: number, isSearching: boolean, isCapped: boolean): string {
  if (isCapped) return usersText.capped(total);
  return isSearching ? usersText.matches(total) : usersText.total(total);
}

function rowsOf(answer: OutputFor<'users.page'>): readonly UserRow[] {
  return answer.rows;
}
