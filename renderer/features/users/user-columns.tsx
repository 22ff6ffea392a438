import visuallyHidden from '@mui/utils/visuallyHidden';
import { LICENSE_LABELS, licensesOf, type LicenseFields } from '../../../shared/model/license.ts';
import { roleLabel } from '../../../shared/model/role.ts';
import type { UserRow } from '../../../shared/model/user.ts';
import { PendingPill } from '../../components/pending-pill.tsx';
import { Pill } from '../../components/pill.tsx';
import { TableText } from '../../components/table-text.tsx';
import type { TableColumn } from '../../components/virtual-table.tsx';
import { pendingLabels, pendingSentences } from '../../text/pending-text.ts';
import { dateText } from '../../text/times.ts';
import { usersText } from '../../text/users-text.ts';

const name: TableColumn<UserRow> = {
  key: 'name',
  label: usersText.name,
  width: 'minmax(140px, 1.2fr)',
  render: (row) => (
    <span style={{ fontWeight: 600 }}>
      <TableText text={row.name} />
    </span>
  ),
};
const email: TableColumn<UserRow> = {
  key: 'email',
  label: usersText.email,
  width: 'minmax(160px, 1.8fr)',
  render: (row) => <TableText text={row.email} />,
};
const extension: TableColumn<UserRow> = {
  key: 'extension',
  label: usersText.ext,
  width: '76px',
  render: (row) => <TableText text={row.extension} />,
};
const modified: TableColumn<UserRow> = {
  key: 'modified',
  label: usersText.modified,
  width: 'minmax(134px, 1.1fr)',
  render: (row) => (
    <TableText
      text={row.modifiedBy ? `${dateText(row.modifiedAt)} (${row.modifiedBy})` : dateText(row.modifiedAt)}
      quiet
    />
  ),
};
const licenses: TableColumn<UserRow> = {
  key: 'licenses',
  label: usersText.licenses,
  width: 'minmax(164px, 1fr)',
  render: (row) => <Licenses {...row} />,
};
const role: TableColumn<UserRow> = {
  key: 'role',
  label: usersText.role,
  width: '128px',
  render: (row) => <TableText text={roleLabel(row.role)} />,
};
const status: TableColumn<UserRow> = {
  key: 'status',
  label: usersText.status,
  width: '146px',
  render: (row) =>
    row.pending ? (
      <PendingPill pending={row.pending} label={pendingLabels[row.pending]} sentence={pendingSentences[row.pending]} />
    ) : (
      <Pill tone={row.isRegistered ? 'success' : 'neutral'}>
        {row.isRegistered ? usersText.registered : usersText.unregistered}
      </Pill>
    ),
};

/** USR-1. */
export const userColumns = [name, email, extension, modified, licenses, role, status] as const;
/** Beside an open panel there is room for what finds a person. */
export const narrowUserColumns = [
  { ...name, width: 'minmax(110px, 1.2fr)' },
  { ...email, width: 'minmax(120px, 1.4fr)' },
  { ...extension, width: '68px' },
  status,
] as const;

/** The portal's short form of several: the first and how many more, which is never cut off. */
function Licenses(fields: LicenseFields) {
  const labels = licensesOf(fields).map((license) => LICENSE_LABELS[license]);
  const [first = '', ...others] = labels;
  if (others.length === 0) return <TableText text={first} />;
  const all = labels.join(', ');
  return (
    <>
      <span aria-hidden title={all} style={{ display: 'flex' }}>
        <span className="text">{first}</span>
        {usersText.moreLicenses(others.length)}
      </span>
      <span style={visuallyHidden}>{all}</span>
    </>
  );
}
