import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { NeededSeats } from '../../shared/model/user-group.ts';

export type SeatsText = {
  readonly table: string;
  readonly license: string;
  readonly assigned: string;
  readonly afterwards: string;
  readonly available: string;
  readonly row: (seats: NeededSeats) => {
    readonly label: string;
    readonly assigned: string;
    readonly afterwards: string;
    readonly available: string;
    readonly isShort: boolean;
  };
};

/** What an account has of each license, uses now, and would use. */
export function LicenseSeats({ seats, text }: { readonly seats: readonly NeededSeats[]; readonly text: SeatsText }) {
  return (
    <Table size="small" aria-label={text.table} sx={{ '& td, & th': { px: 1 } }}>
      <TableHead>
        <TableRow>
          <TableCell>{text.license}</TableCell>
          <TableCell align="right">{text.assigned}</TableCell>
          <TableCell align="right">{text.afterwards}</TableCell>
          <TableCell align="right">{text.available}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {seats.map((one) => {
          const { label, assigned, afterwards, available, isShort } = text.row(one);
          return (
            <TableRow key={one.license}>
              <TableCell component="th" scope="row">
                {label}
              </TableCell>
              <TableCell align="right">{assigned}</TableCell>
              <TableCell align="right">{afterwards}</TableCell>
              <TableCell align="right" sx={isShort ? { color: 'error.main', fontWeight: 600 } : {}}>
                {available}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
