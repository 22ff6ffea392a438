import IconButton, { type IconButtonProps } from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';

/** An icon button whose tooltip is its accessible name. */
export function IconAction({ label, shortcut, ...button }: IconButtonProps & { label: string; shortcut?: string }) {
  return (
    <Tooltip title={shortcut ? `${label} (${shortcut})` : label} describeChild={false}>
      {/* A disabled button sends no events, so the tooltip needs something around it. */}
      <span>
        <IconButton {...button} aria-label={label} />
      </span>
    </Tooltip>
  );
}
