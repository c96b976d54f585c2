namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// The entries somebody has looked at lately, as JSON: what many readers ask for at about the same time is rendered once.
/// </summary>
/// <remarks>
/// Safe from any thread without a lock: one slot for each of the newest seqs, a lost race renders twice.
/// Bounded: <see cref="Slots"/> entries of <see cref="MostBytes"/>; longer ones are rendered for each who asks.
/// </remarks>
internal sealed class Renderings
{
    private const int Slots = 2_048;
    private const int MostBytes = 4_096;

    private readonly Slot?[] _slots = new Slot?[Slots];

    public Rendering Of(Entry entry)
    {
        ref var slot = ref _slots[entry.Seq % Slots];
        if (Volatile.Read(ref slot) is { } kept && kept.Seq == entry.Seq) return kept.Rendering;
        var rendering = new Rendering(entry);
        if (rendering.Utf8.Length <= MostBytes) Volatile.Write(ref slot, new Slot(entry.Seq, rendering));
        return rendering;
    }

    private sealed record Slot(long Seq, Rendering Rendering);
}
