import { Input } from '../../parts/index.ts';
import type { Problem } from '../../wire.ts';
import { refused } from './send.ts';

/** Asks for a new password. @param problem what the server said about the last one */
export const NewPassword = ({
  label,
  value,
  problem,
  onText,
}: {
  label: string;
  value: string;
  problem: Problem | null;
  onText: (text: string) => void;
}) => (
  <Input
    label={label}
    name="new-password"
    type="password"
    autocomplete="new-password"
    hint="At least 12 characters. A few words in a row are easy to remember and hard to guess."
    required
    value={value}
    onText={onText}
    {...refused(problem, 'password')}
  />
);
