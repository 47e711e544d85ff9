export default function Events() {
  return (
    <div class="page">
      <div class="title">
        <h1>Events</h1>
      </div>
    </div>
  );
}
