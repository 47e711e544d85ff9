import { useState } from 'preact/hooks';
import { setToken } from '../data/client.ts';

/** Asks for the token that the service wants; it is kept in this tab alone. */
export function SignIn({ refused }: { readonly refused: boolean }) {
  const [value, setValue] = useState('');
  return (
    <main class="sign-in">
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          setToken(value.trim());
          location.reload();
        }}
      >
        <h1 class="row">
          <img src="/icon.svg" width="28" height="28" alt="" /> Fieldmark
        </h1>
        <p class="soft">
          This service asks for a token. Make one on its machine: <code>fieldmark token add NAME --role viewer</code>
        </p>
        <label class="field">
          Token
          <input
            type="password"
            autocomplete="off"
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
            aria-invalid={refused}
          />
        </label>
        {refused && <p role="alert">The service did not accept that token.</p>}
        <button type="submit" class="primary" disabled={value.trim() === ''}>
          Sign in
        </button>
      </form>
    </main>
  );
}
