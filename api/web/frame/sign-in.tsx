import { useState } from 'preact/hooks';
import { setToken } from '../data/client.ts';

/** Asks for the token that the service wants; it is kept in this tab alone. */
export function SignIn({ refused }: { readonly refused: boolean }) {
  const [value, setValue] = useState('');
  return (
    <main class="state">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setToken(value.trim());
          location.reload();
        }}
      >
        <h1>Fieldmark</h1>
        <p>This service asks for a token. Make one on its machine with: fieldmark token add</p>
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
