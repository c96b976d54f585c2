namespace TwilioEmu;

/// <summary>A world that is kept as it stood.</summary>
/// <param name="Id">What it is brought back by: its name, or a number.</param>
/// <param name="At">Its instant.</param>
/// <param name="Records">That it has: messages, calls, numbers and all else.</param>
/// <param name="Entries">Of its journal.</param>
public sealed record Snapshot(string Id, DateTimeOffset At, int Records, int Entries);

/// <summary>All that are kept.</summary>
/// <param name="Snapshots">The oldest first.</param>
public sealed record SnapshotList(IReadOnlyList<Snapshot> Snapshots);
