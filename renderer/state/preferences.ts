import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

type Preferences = {
  readonly density: 'comfortable' | 'compact';
  readonly isNavCollapsed: boolean;
  readonly densityChosen: (density: 'comfortable' | 'compact') => void;
  readonly navToggled: () => void;
};

/** How this person likes the console, kept on this computer. The theme's mode is kept by the theme itself. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      density: 'comfortable',
      isNavCollapsed: false,
      densityChosen: (density) => set({ density }),
      navToggled: () => set((state) => ({ isNavCollapsed: !state.isNavCollapsed })),
    }),
    { name: 'fieldlink.preferences', storage: createJSONStorage(() => localStorage) },
  ),
);
