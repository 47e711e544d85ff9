export default function Zones() {
  return (
    <div class="page">
      <div class="title">
        <h1>Zones</h1>
      </div>
    </div>
  );
}
