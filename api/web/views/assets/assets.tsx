import './assets.css';
import { Route, Switch } from 'wouter-preact';
import { AssetList } from './asset-list.tsx';
import { AssetPage } from './asset-page.tsx';

/** All assets, and each by itself. */
export default function Assets() {
  return (
    <Switch>
      <Route path="/assets/:id">{({ id }) => <AssetPage key={id} id={decodeURIComponent(id)} />}</Route>
      <Route path="/assets">
        <AssetList />
      </Route>
    </Switch>
  );
}
