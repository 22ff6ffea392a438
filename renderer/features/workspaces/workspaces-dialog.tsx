import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Divider from '@mui/material/Divider';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState, type SubmitEvent } from 'react';
import type { NewWorkspace, Workspace } from '../../../shared/bridge/workspaces.ts';
import { useEngine } from '../../client/engine-provider.tsx';
import { useWorkspaces } from '../../client/use-workspaces.ts';
import { colourText, placeText, regionText, workText, workspaceText } from '../../text/workspace-text.ts';
import { workspaceColours } from '../../theme/tokens.ts';
import { filledWith } from '../../theme/workspace-colour.ts';
import { RemoveWorkspace } from './remove-workspace.tsx';

const COLOURS = Object.keys(workspaceColours) as (keyof typeof workspaceColours)[];
const REGIONS = ['us', 'eu', 'ap'] as const;

/** SES-4: name and colour of each workspace, another one, and the removal of the one that is shown. */
export function WorkspacesDialog({ onClose }: { readonly onClose: () => void }) {
  const list = useWorkspaces();
  const shown = list?.workspaces.find(({ id }) => id === list.current);
  return (
    <Dialog open onClose={onClose} aria-labelledby="workspaces-title" maxWidth="md" fullWidth>
      <DialogTitle id="workspaces-title">{workspaceText.title}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 2 }}>
        <Typography color="textSecondary">{workspaceText.lead}</Typography>
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
          {list?.workspaces.map((workspace) => (
            <Entry key={workspace.id} workspace={workspace} isShown={workspace.id === list.current} />
          ))}
        </Box>
        <Divider />
        <AddWorkspace />
        {shown && (
          <>
            <Divider />
            <RemoveWorkspace workspace={shown} isLast={list?.workspaces.length === 1} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {workspaceText.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Entry({ workspace, isShown }: { readonly workspace: Workspace; readonly isShown: boolean }) {
  const { bridge } = useEngine();
  const [label, setLabel] = useState(workspace.label);
  const { id, colour } = workspace;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (label.trim() !== '') void bridge.editWorkspace({ id, colour, label: label.trim() });
  };
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 400px) minmax(0, 1fr) auto',
        gap: 1.5,
        alignItems: 'center',
      }}
    >
      <Box component="form" noValidate onSubmit={submit} sx={{ display: 'flex', gap: 1 }}>
        <TextField
          label={workspaceText.name}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 40 } }}
        />
        <TextField
          select
          label={workspaceText.colour}
          value={colour}
          sx={{ maxWidth: 130 }}
          onChange={({ target }) => {
            const chosen = COLOURS.find((one) => one === target.value);
            if (chosen) void bridge.editWorkspace({ id, label: workspace.label, colour: chosen });
          }}
        >
          {COLOURS.map((one) => (
            <MenuItem key={one} value={one}>
              <Box
                component="span"
                aria-hidden
                sx={[{ width: 10, height: 10, borderRadius: '50%', mr: 1, display: 'inline-block' }, filledWith(one)]}
              />
              {colourText[one]}
            </MenuItem>
          ))}
        </TextField>
        {label.trim() !== workspace.label && label.trim() !== '' && <Button type="submit">{workspaceText.save}</Button>}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography noWrap title={placeText(workspace)}>
          {placeText(workspace)}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {[isShown ? workspaceText.thisOne : '', workText(workspace)].filter(Boolean).join(' · ')}
        </Typography>
      </Box>
      <Box sx={{ display: 'flex', gap: 0.5, justifyContent: 'flex-end' }}>
        {!isShown && <Button onClick={() => void bridge.switchWorkspace(id)}>{workspaceText.openHere}</Button>}
        <Button onClick={() => void bridge.openWindow(id)}>{workspaceText.openWindow}</Button>
      </Box>
    </Box>
  );
}

function AddWorkspace() {
  const { bridge } = useEngine();
  const [region, setRegion] = useState<NewWorkspace['region']>('eu');
  const [isTraining, setTraining] = useState(false);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void bridge.addWorkspace({ region, isTraining });
  };
  return (
    <Box component="form" noValidate onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
      <Typography variant="h2" component="h3">
        {workspaceText.add}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <TextField
          select
          label={workspaceText.region}
          value={region}
          sx={{ maxWidth: 180 }}
          onChange={({ target }) => setRegion(REGIONS.find((one) => one === target.value) ?? region)}
        >
          {REGIONS.map((one) => (
            <MenuItem key={one} value={one}>
              {regionText[one]}
            </MenuItem>
          ))}
        </TextField>
        <FormControlLabel
          control={<Checkbox checked={isTraining} onChange={(_, checked) => setTraining(checked)} />}
          label={workspaceText.training}
        />
        <Button type="submit" variant="outlined">
          {workspaceText.addNow}
        </Button>
      </Box>
      <Typography variant="caption" color="textSecondary">
        {workspaceText.addNote}
      </Typography>
    </Box>
  );
}
