/** A question that must be answered before going on. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly label: string;
  readonly class?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ label, class: name, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const closed = useRef(onClose);
  closed.current = onClose;
  // before the next key is pressed: what is typed belongs to it
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const tell = () => closed.current();
    element.showModal();
    element.addEventListener('close', tell);
    return () => {
      // the browser tells of it with the next frame only, when the same dialog may have been asked for again
      element.removeEventListener('close', tell);
      element.close(); // gives the focus back to where it was
    };
  }, []);
  return (
    <dialog ref={dialog} aria-label={label} class={name ?? ''}>
      {children}
    </dialog>
  );
}
