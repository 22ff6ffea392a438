import Tune from '@mui/icons-material/Tune';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Workspace, WorkspaceList } from '../../shared/bridge/workspaces.ts';
import { useEngine } from '../client/engine-provider.tsx';
import { useWorkspaces } from '../client/use-workspaces.ts';
import { IconAction } from '../components/icon-action.tsx';
import { placeText, workText, workspaceText } from '../text/workspace-text.ts';
import { filledWith } from '../theme/workspace-colour.ts';

const WorkspacesDialog = lazy(async () => ({
  default: (await import('../features/workspaces/workspaces-dialog.tsx')).WorkspacesDialog,
}));

/** SES-4: one click, or Ctrl and a digit, to another partner; the bar below has the colour of the one that is shown. */
export function WorkspaceStrip() {
  const list = useWorkspaces();
  const [isManaging, setManaging] = useState(false);
  useSwitchKeys(list);
  const shown = list?.workspaces.find(({ id }) => id === list.current);
  if (!list || !shown || list.workspaces.length < 2) return null;
  return (
    <Box sx={{ flexShrink: 0, bgcolor: 'background.default' }}>
      <Box
        component="section"
        aria-label={workspaceText.strip}
        sx={{ display: 'flex', alignItems: 'end', gap: 1, px: 1, pt: 0.5 }}
      >
        <Box
          component="nav"
          aria-label={workspaceText.list}
          sx={{ display: 'flex', gap: 0.5, minWidth: 0, overflowX: 'auto' }}
        >
          {list.workspaces.map((workspace, at) => (
            <Tab key={workspace.id} workspace={workspace} digit={at + 1} isShown={workspace === shown} />
          ))}
        </Box>
        <IconAction label={workspaceText.manage} onClick={() => setManaging(true)} sx={{ height: 28, width: 28 }}>
          <Tune fontSize="small" />
        </IconAction>
      </Box>
      <Box aria-hidden data-workspace-colour={shown.colour} sx={[{ height: 3 }, filledWith(shown.colour)]} />
      <Suspense>{isManaging && <WorkspacesDialog onClose={() => setManaging(false)} />}</Suspense>
    </Box>
  );
}

type TabProps = { readonly workspace: Workspace; readonly digit: number; readonly isShown: boolean };

function Tab({ workspace, digit, isShown }: TabProps) {
  const { bridge } = useEngine();
  const work = workText(workspace);
  const place = placeText(workspace);
  return (
    <ButtonBase
      aria-current={isShown ? 'true' : undefined}
      title={`${workspace.label}: ${place}${digit < 10 ? ` (Ctrl+${digit})` : ''}`}
      onClick={() => void bridge.switchWorkspace(workspace.id)}
      sx={[
        {
          height: 30,
          px: 1.25,
          gap: 1,
          flexShrink: 0,
          maxWidth: 460,
          borderRadius: '6px 6px 0 0',
          color: 'text.primary',
          '&:hover': { bgcolor: 'action.hover' },
          '&.Mui-focusVisible': { outlineOffset: '-2px' },
        },
        ...(isShown ? [filledWith(workspace.colour), { '&:hover': {} }] : []),
      ]}
    >
      {!isShown && (
        <Box
          aria-hidden
          sx={[{ width: 10, height: 10, borderRadius: '50%', flexShrink: 0 }, filledWith(workspace.colour)]}
        />
      )}
      <Typography component="span" noWrap sx={{ fontWeight: 650, flexShrink: 0 }}>
        {workspace.label}
      </Typography>
      <Typography component="span" variant="caption" noWrap sx={{ color: isShown ? 'inherit' : 'text.secondary' }}>
        {place}
      </Typography>
      {work && (
        <Typography component="span" variant="caption" noWrap sx={{ fontWeight: 650, flexShrink: 0 }}>
          {work}
        </Typography>
      )}
    </ButtonBase>
  );
}

function useSwitchKeys(list: WorkspaceList | undefined): void {
  const { bridge } = useEngine();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !/^[1-9]$/u.test(event.key)) return;
      const chosen = list?.workspaces[Number(event.key) - 1];
      if (!chosen || list.workspaces.length < 2) return;
      event.preventDefault();
      void bridge.switchWorkspace(chosen.id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [bridge, list]);
}
