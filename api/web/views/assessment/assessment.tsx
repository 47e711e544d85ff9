export default function Assessment() {
  return (
    <div class="page">
      <div class="title">
        <h1>Assessment</h1>
      </div>
    </div>
  );
}
