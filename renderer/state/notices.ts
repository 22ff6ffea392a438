import { create } from 'zustand';

export type Notice = {
  readonly key: number;
  readonly text: string;
  readonly tone: 'success' | 'info' | 'error';
};

type Notices = {
  readonly current: Notice | null;
  readonly noticed: (text: string, tone?: Notice['tone']) => void;
  readonly dismissed: () => void;
};

/** The one short message at the foot of the window. A later one replaces it. */
export const useNotices = create<Notices>((set) => ({
  current: null,
  noticed: (text, tone = 'info') => set((state) => ({ current: { key: (state.current?.key ?? 0) + 1, text, tone } })),
  dismissed: () => set({ current: null }),
}));
