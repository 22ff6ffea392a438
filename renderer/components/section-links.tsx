import { styled } from '@mui/material/styles';
import { NavLink } from 'react-router';

type Props = {
  readonly label: string;
  readonly links: readonly { readonly to: string; readonly text: string }[];
};

/** The sections of one record, each with an address of its own. */
export function SectionLinks({ label, links }: Props) {
  return (
    <Root aria-label={label}>
      {links.map(({ to, text }) => (
        <NavLink key={to} to={to} end>
          {text}
        </NavLink>
      ))}
    </Root>
  );
}

const Root = styled('nav')({
  display: 'flex',
  gap: 4,
  padding: '0 12px',
  borderBottom: '1px solid var(--mui-palette-divider)',
  '& a': {
    padding: '8px 6px 6px',
    fontSize: '0.8125rem',
    fontWeight: 600,
    color: 'var(--mui-palette-text-secondary)',
    textDecoration: 'none',
    borderBottom: '2px solid transparent',
  },
  '& a:hover': { color: 'var(--mui-palette-text-primary)' },
  '& a.active': {
    color: 'var(--mui-palette-primary-main)',
    borderBottomColor: 'var(--mui-palette-primary-main)',
  },
});
