using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Durable.Packing;

/// <summary>What happened in some turns, whole: the unit that reaches the disk or does not.</summary>
/// <param name="At">The world's instant when it was taken.</param>
/// <param name="LastSeq">The newest entry then.</param>
/// <param name="Entries">In order.</param>
/// <param name="Parts">What rooms keep beside records and has changed; null for what is no more.</param>
internal sealed record Batch(
    DateTimeOffset At, long LastSeq, IReadOnlyList<Entry> Entries, IReadOnlyList<(string Name, byte[]? Part)> Parts);

/// <summary>What a batch is about, without what is in it.</summary>
/// <param name="At">As in <see cref="Batch"/>.</param>
/// <param name="LastSeq">The same.</param>
/// <param name="FirstSeq">Of its first entry; of one without entries what the next to come is.</param>
/// <param name="Count">How many entries it has.</param>
internal readonly record struct BatchHead(DateTimeOffset At, long LastSeq, long FirstSeq, int Count)
{
    /// <summary>A batch's.</summary>
    public static BatchHead Of(Batch batch) =>
        new(batch.At, batch.LastSeq, batch.Entries is [var first, ..] ? first.Seq : batch.LastSeq + 1, batch.Entries.Count);
}
