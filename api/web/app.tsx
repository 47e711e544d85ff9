import { Compass } from 'lucide-preact';
import { Suspense } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { Link, Route, Switch } from 'wouter-preact';
import { Problem, token } from './data/client.ts';
import { useSource } from './data/source.ts';
import { Header } from './frame/header.tsx';
import { Palette } from './frame/palette.tsx';
import { Rail } from './frame/rail.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { Empty, Loading } from './parts/states.tsx';
import { VIEWS } from './views/views.ts';

/** The frame around every view: rail, header, search. */
export function App() {
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setSearching(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const { error } = useSource();
  if (error instanceof Problem && error.status === 401) return <SignIn refused={token() !== null} />;
  return (
    <div class="frame">
      <a class="skip button" href="#content">
        Skip to the content
      </a>
      <Rail />
      <Header onSearch={() => setSearching(true)} />
      <main class="content" id="content" tabIndex={-1}>
        <Suspense fallback={<Loading what="the view" />}>
          <Switch>
            {VIEWS.map(({ route, component: Component }) => (
              <Route key={route} path={route}>
                <Component />
              </Route>
            ))}
            <Route>
              <Empty icon={Compass} title="There is no such page">
                <Link href="/">Go to the overview</Link>
              </Empty>
            </Route>
          </Switch>
        </Suspense>
      </main>
      {searching && <Palette onClose={() => setSearching(false)} />}
    </div>
  );
}
