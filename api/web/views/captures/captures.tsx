export default function Captures() {
  return (
    <div class="page">
      <div class="title">
        <h1>Captures</h1>
      </div>
    </div>
  );
}
