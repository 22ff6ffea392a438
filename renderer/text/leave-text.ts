export const leaveText = {
  title: 'Leave without saving?',
  body: 'What you entered here has not been saved. Stay to save it, or leave and lose it.',
  stay: 'Stay here',
  leave: 'Leave without saving',
} as const;
