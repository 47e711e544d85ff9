import type { SetAside } from '../data/suppressions.ts';
import { Time } from './values.tsx';

/** That something is set aside, by whom, why and until when. */
export function SetAsideNote({ of: { by, at, reason, until } }: { readonly of: SetAside }) {
  return (
    <p class="note">
      Set aside by {by}, <Time at={at} />
      {until !== null && (
        <>
          , until <Time at={until} />
        </>
      )}
      : {reason}
    </p>
  );
}
