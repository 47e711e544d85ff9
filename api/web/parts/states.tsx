/** What stands where there is nothing to show: because there is none, it is not here yet, or it failed. */
import { CloudOff, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { Offline } from '../data/client.ts';
import type { Resource } from '../data/resource.ts';

interface EmptyProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What to do next. */
  readonly children: ComponentChildren;
}

export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <div class="state">
      <Icon size={32} aria-hidden="true" />
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  );
}

export function Loading({ what }: { readonly what: string }) {
  return (
    <div class="state" role="status">
      <LoaderCircle size={24} aria-hidden="true" />
      <p>Loading {what} …</p>
    </div>
  );
}

interface FailedProps {
  readonly error: Error;
  readonly retry: () => void;
}

export function Failed({ error, retry }: FailedProps) {
  const Icon = error instanceof Offline ? CloudOff : TriangleAlert;
  return (
    <div class="state" role="alert">
      <Icon size={32} aria-hidden="true" />
      <strong>{error instanceof Offline ? 'The service does not answer' : 'This could not be loaded'}</strong>
      <p>{error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

interface LoadedProps<T> {
  readonly of: Resource<T>;
  /** What is loaded, in the words of a sentence. */
  readonly what: string;
  readonly children: (data: T) => ComponentChildren;
}

/** Shows data once it is there, and until then, or when it fails, why not. */
export function Loaded<T>({ of, what, children }: LoadedProps<T>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error !== undefined) return <Failed error={of.error} retry={of.reload} />;
  return <Loading what={what} />;
}
