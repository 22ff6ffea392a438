import Checkbox from '@mui/material/Checkbox';
import type { UserRow } from '../../../shared/model/user.ts';
import type { TableColumn } from '../../components/virtual-table.tsx';
import { manageText } from '../../text/manage-text.ts';
import type { UserSelection } from './use-user-selection.ts';

/** A box before each user. The list takes the keys (Space, Shift+Space, Ctrl+A); a click is the pointer's way. */
export function selectColumn(selection: UserSelection): TableColumn<UserRow> {
  return {
    key: 'select',
    label: manageText.column,
    width: '50px',
    head: (
      <Checkbox
        size="small"
        sx={{ p: 0.25 }}
        checked={selection.state === 'all'}
        indeterminate={selection.state === 'some'}
        slotProps={{ input: { 'aria-label': manageText.all } }}
        onChange={selection.toggleAll}
      />
    ),
    render: (row, index) => (
      <Checkbox
        size="small"
        tabIndex={-1}
        sx={{ p: 0.25 }}
        checked={selection.ids.has(row.id)}
        slotProps={{ input: { 'aria-label': manageText.row(row.name), tabIndex: -1 } }}
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => {
          const { nativeEvent } = event;
          selection.toggle(row.id, index, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
        }}
      />
    ),
  };
}
