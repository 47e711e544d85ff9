export default function Overview() {
  return (
    <div class="page">
      <div class="title">
        <h1>Overview</h1>
      </div>
    </div>
  );
}
