import { Component, type ReactNode } from 'react';
import { CrashPanel } from './crash-panel.tsx';

type Props = { readonly children: ReactNode };
type State = { readonly error: Error | null };

/** Keeps a broken screen from leaving an empty window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error ? <CrashPanel error={this.state.error} /> : this.props.children;
  }
}
