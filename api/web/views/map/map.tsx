export default function PlantMap() {
  return (
    <div class="page">
      <div class="title">
        <h1>Map</h1>
      </div>
    </div>
  );
}
