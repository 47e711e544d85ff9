/** Time that this process had a processor, all threads together: others use the machine too. */
export function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
