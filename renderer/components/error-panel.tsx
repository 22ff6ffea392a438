import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { NoticePanel } from './notice-panel.tsx';

type Props = {
  readonly title: string;
  readonly sentence: string;
  readonly next: string;
  readonly faultId: string;
  readonly faultIdLabel: string;
  readonly retryLabel: string;
  /** Stands for the whole page: its title is the page's heading. */
  readonly isPage?: boolean;
  readonly onRetry: (() => void) | undefined;
};

export function ErrorPanel({
  title,
  sentence,
  next,
  faultId,
  faultIdLabel,
  retryLabel,
  isPage = false,
  onRetry,
}: Props) {
  return (
    <NoticePanel
      isPage={isPage}
      live="alert"
      icon={<ErrorOutline />}
      title={title}
      body={
        <>
          {sentence} {next}
          {faultId && (
            <Box sx={{ mt: 1, userSelect: 'text' }}>
              {faultIdLabel}: <code>{faultId}</code>
            </Box>
          )}
        </>
      }
    >
      {onRetry && (
        <Button variant="outlined" onClick={onRetry}>
          {retryLabel}
        </Button>
      )}
    </NoticePanel>
  );
}
