export default function Assets() {
  return (
    <div class="page">
      <div class="title">
        <h1>Assets</h1>
      </div>
    </div>
  );
}
