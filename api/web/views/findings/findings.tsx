export default function Findings() {
  return (
    <div class="page">
      <div class="title">
        <h1>Findings</h1>
      </div>
    </div>
  );
}
