using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Durable.Packing;

/// <summary>What happened in some turns, whole: the unit that reaches the disk or does not.</summary>
/// <param name="At">The world's instant when it was taken.</param>
/// <param name="LastSeq">The newest entry then.</param>
/// <param name="Entries">In order.</param>
/// <param name="Parts">What rooms keep beside records and has changed; null for what is no more.</param>
internal sealed record Batch(
    DateTimeOffset At, long LastSeq, IReadOnlyList<Entry> Entries, IReadOnlyList<(string Name, byte[]? Part)> Parts);
