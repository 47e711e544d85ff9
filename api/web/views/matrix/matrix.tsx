export default function Matrix() {
  return (
    <div class="page">
      <div class="title">
        <h1>Matrix</h1>
      </div>
    </div>
  );
}
