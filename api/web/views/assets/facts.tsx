import type { Asset, Zone } from '../../data/model.ts';
import { Known, Time } from '../../parts/values.tsx';
import { ZoneLink } from '../../parts/zone-link.tsx';

interface AssetFactsProps {
  readonly asset: Asset;
  /** The one it lies in, once it is known. */
  readonly zone: Zone | undefined;
}

/** Where an asset is and who it says it is; an en dash says on hover why something is not known. */
export function AssetFacts({ asset, zone }: AssetFactsProps) {
  const unsaid = 'no identification was heard: see what is still unknown';
  return (
    <dl class="facts">
      <dt>Zone</dt>
      <dd>
        <ZoneLink zone={zone} id={asset.zone} />
      </dd>
      <dt>Level</dt>
      <dd>
        <Known value={asset.purdueLevel} why="its traffic does not tell" />
      </dd>
      <dt>IP</dt>
      <dd class="mono">
        <Known value={asset.ip.join(', ')} why="it speaks straight on Ethernet" />
      </dd>
      <dt>MAC</dt>
      <dd class="mono">
        <Known value={asset.mac.join(', ')} why="it was only heard behind a router" />
      </dd>
      <dt>VLAN</dt>
      <dd>
        <Known value={asset.vlan.join(', ')} why="no tag was seen" />
      </dd>
      <dt>Vendor</dt>
      <dd>
        <Known value={asset.vendor} why="neither its MAC address nor what it said tells" />
      </dd>
      <dt>Product</dt>
      <dd>
        <Known value={asset.product} why={unsaid} />
      </dd>
      <dt>Model</dt>
      <dd>
        <Known value={asset.model} why={unsaid} />
      </dd>
      <dt>Firmware</dt>
      <dd>
        <Known value={asset.firmware} why={unsaid} />
      </dd>
      <dt>Serial</dt>
      <dd>
        <Known value={asset.serial} why={unsaid} />
      </dd>
      <dt>First heard</dt>
      <dd>
        <Time at={asset.firstSeen} />
      </dd>
      <dt>Last heard</dt>
      <dd>
        <Time at={asset.lastSeen} />
      </dd>
    </dl>
  );
}
