import Badge from '@mui/icons-material/BadgeOutlined';
import Mail from '@mui/icons-material/MailOutlined';
import Undo from '@mui/icons-material/Undo';
import Download from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { Link } from 'react-router';
import { useEngine } from '../../client/engine-provider.tsx';
import { useEngineQuery } from '../../client/engine-query.ts';
import { useCommand } from '../../client/use-command.ts';
import { usePermission } from '../../client/use-session.ts';
import { useNotices } from '../../state/notices.ts';
import { licenseText } from '../../text/license-text.ts';
import { problemSentence } from '../../text/problem-sentence.ts';
import { uploadsText } from '../../text/uploads-text.ts';
import { welcomeText } from '../../text/welcome-text.ts';
import { LicenseImported } from './license-imported.tsx';
import { UndoImportDialog } from './undo-import-dialog.tsx';
import type { Upload } from './upload.ts';
import { WelcomeImported } from './welcome-imported.tsx';

type Report = { readonly kind: 'acceptance' | 'failed' | 'sheet'; readonly format: 'xlsx' | 'pdf' };

/** The reports of an upload, and the way back. */
export function UploadActions({ upload }: { readonly upload: Upload }) {
  const { bridge } = useEngine();
  const { data: draft } = useEngineQuery('imports.get', { id: upload.id });
  const { attempt, isRunning } = useCommand('uploads.saveReport');
  const noticed = useNotices((notices) => notices.noticed);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isUndoing, setUndoing] = useState(false);
  const [isWelcoming, setWelcoming] = useState(false);
  const [isLicensing, setLicensing] = useState(false);
  const mayEdit = usePermission('users.edit');
  const leftCount = draft?.rowCount ?? 0;
  const isImport = upload.undoOf === null && upload.purpose === '';

  const noSheet = noSheetReason(upload);

  const save = async ({ kind, format }: Report): Promise<void> => {
    setAnchor(null);
    const name =
      kind === 'sheet'
        ? uploadsText.sheetName(upload.fileName)
        : uploadsText.fileName(upload.accountName, `${kind}.${format}`);
    const target = await (format === 'pdf' ? bridge.choosePdfTarget(name) : bridge.chooseTableTarget(name));
    if (!target) return;
    const tried = await attempt({ id: upload.id, kind, format, file: target.grant });
    const { outcome: saved } = tried;
    if (saved?.ok) {
      const { sheetSaved, saved: reportSaved } = uploadsText;
      const said =
        kind === 'sheet' ? sheetSaved(target.name, saved.value) : reportSaved(target.name, saved.value.rowCount);
      noticed(said, 'success');
    } else noticed(problemSentence(tried), 'error');
  };
  return (
    <>
      {leftCount > 0 && (
        <Button component={Link} to={`/accounts/${upload.accountId}/import/${upload.id}`} variant="outlined">
          {uploadsText.toPreview}
        </Button>
      )}
      {isImport && mayEdit && (
        <Button startIcon={<Mail />} onClick={() => setWelcoming(true)}>
          {welcomeText.open}
        </Button>
      )}
      {isImport && mayEdit && (
        <Button startIcon={<Badge />} onClick={() => setLicensing(true)}>
          {licenseText.open}
        </Button>
      )}
      {isImport && (
        <Button startIcon={<Undo />} disabled={upload.sentCount === 0} onClick={() => setUndoing(true)}>
          {uploadsText.undo}
        </Button>
      )}
      <Button
        variant="outlined"
        startIcon={<Download />}
        loading={isRunning}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {uploadsText.reports}
      </Button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        // So that a screen reader comes to the reason too.
        slotProps={{ list: { disabledItemsFocusable: true } }}
      >
        <MenuItem onClick={() => void save({ kind: 'acceptance', format: 'xlsx' })}>
          <ListItemText>{uploadsText.acceptance}</ListItemText>
        </MenuItem>
        <MenuItem onClick={() => void save({ kind: 'acceptance', format: 'pdf' })}>
          <ListItemText>{uploadsText.acceptancePdf}</ListItemText>
        </MenuItem>
        <MenuItem
          disabled={upload.purpose !== '' || upload.refusedCount + leftCount === 0}
          onClick={() => void save({ kind: 'failed', format: 'xlsx' })}
        >
          <ListItemText>{uploadsText.failed}</ListItemText>
        </MenuItem>
        <MenuItem
          disabled={noSheet !== null}
          onClick={() => void save({ kind: 'sheet', format: 'xlsx' })}
          // The reason must be readable: it is why the rest is pale.
          sx={{ maxWidth: 420, whiteSpace: 'normal', '&.Mui-disabled': { opacity: 1 } }}
        >
          <ListItemText
            primary={uploadsText.sheet}
            slotProps={{ primary: { sx: { color: noSheet === null ? 'inherit' : 'text.disabled' } } }}
            secondary={noSheet}
          />
        </MenuItem>
      </Menu>
      {isWelcoming && (
        <WelcomeImported accountId={upload.accountId} id={upload.id} onClose={() => setWelcoming(false)} />
      )}
      {isLicensing && (
        <LicenseImported accountId={upload.accountId} id={upload.id} onClose={() => setLicensing(false)} />
      )}
      {isUndoing && <UndoImportDialog upload={upload} onClose={() => setUndoing(false)} />}
    </>
  );
}

/** Why there is no copy of the person's own sheet; null: there is one. */
function noSheetReason({ original, purpose }: Upload): string | null {
  if (purpose !== '') return uploadsText.noSheetOfNoList;
  return original === 'file' ? null : uploadsText.noSheet[original];
}
