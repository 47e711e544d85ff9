export default function Sensor() {
  return (
    <div class="page">
      <div class="title">
        <h1>Sensor</h1>
      </div>
    </div>
  );
}
