import MoreVert from '@mui/icons-material/MoreVert';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useEngine } from '../../client/engine-provider.tsx';
import { useCommand } from '../../client/use-command.ts';
import { IconAction } from '../../components/icon-action.tsx';
import { useNotices } from '../../state/notices.ts';
import { outboxText } from '../../text/outbox-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { ExportDialog } from './export-dialog.tsx';

/** The queue as a file, for another laptop. */
export function QueueMenu() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isExporting, setExporting] = useState(false);
  const { bridge } = useEngine();
  const { attempt } = useCommand('outbox.importFrom');
  const noticed = useNotices((notices) => notices.noticed);
  const close = (): void => setAnchor(null);
  const takeIn = async (): Promise<void> => {
    close();
    const file = await bridge.chooseFieldlinkFile();
    if (!file) return;
    const tried = await attempt({ file: file.grant });
    const { outcome } = tried;
    if (outcome?.ok) noticed(outboxText.imported(outcome.value.importedCount, outcome.value.knownCount), 'success');
    else noticed(problemSentence(tried), 'error');
  };
  return (
    <>
      <IconAction
        label={outboxText.queueMenu}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreVert fontSize="small" />
      </IconAction>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        <MenuItem
          onClick={() => {
            close();
            setExporting(true);
          }}
        >
          {outboxText.exportQueue}
        </MenuItem>
        <MenuItem onClick={() => void takeIn()}>{outboxText.importQueue}</MenuItem>
      </Menu>
      {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
    </>
  );
}
