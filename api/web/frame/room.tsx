import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Offline } from '../data/client.ts';
import { revision } from '../data/live.ts';
import { Failed, Loading } from '../parts/states.tsx';
import type { View } from '../views/views.ts';

/** A view, whose program is fetched when it is first entered; again when the service is back, if it was not there. */
export function Room({ view: { load } }: { readonly view: View }) {
  const [component, setComponent] = useState<{ readonly of: ComponentType }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (component !== undefined) return;
    load().then(
      ({ default: of }) => setComponent({ of }),
      () => setFailed(true),
    );
  }, [load, revision.value]);
  if (component !== undefined) return <component.of />;
  if (!failed) return <Loading what="the view" />;
  return <Failed error={new Offline('This view could not be fetched.')} retry={() => location.reload()} />;
}
