import { Component, type ReactNode } from 'react';
import { Button } from './Button';
import { EmptyState, ErrorState } from './states';

const missing = /dynamically imported module|Importing a module script failed|Failed to fetch|preload CSS/i;

/** Catches what breaks below it; a part of an older build that is gone asks for a fresh page. */
export class ChunkBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (missing.test(error.message)) {
      return (
        <EmptyState title="系统已更新" hint="点此刷新即可继续（草稿已保存）。">
          <Button main onClick={() => window.location.reload()}>刷新页面</Button>
        </EmptyState>
      );
    }
    return <ErrorState error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
