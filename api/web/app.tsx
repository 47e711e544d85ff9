import { Compass } from 'lucide-preact';
import { useEffect, useState } from 'preact/hooks';
import { Link, Route, Switch } from 'wouter-preact';
import { Problem, token } from './data/client.ts';
import { useSource } from './data/source.ts';
import { Header } from './frame/header.tsx';
import { Palette } from './frame/palette.tsx';
import { Rail } from './frame/rail.tsx';
import { Room } from './frame/room.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { Empty } from './parts/states.tsx';
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too */}
      <main class="content" id="content" tabIndex={0}>
        <Switch>
          {VIEWS.map((view) => (
            <Route key={view.route} path={view.route}>
              <Room key={view.route} view={view} />
            </Route>
          ))}
          <Route>
            <Empty icon={Compass} title="There is no such page">
              <Link href="/">Go to the overview</Link>
            </Empty>
          </Route>
        </Switch>
      </main>
      {searching && <Palette onClose={() => setSearching(false)} />}
    </div>
  );
}
