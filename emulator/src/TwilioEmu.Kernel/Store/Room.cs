using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Store;

/// <summary>How many bytes a store's records take that something may still happen to: they lie unpacked, and nothing trims them.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Room
{
    // What a message that waits takes with its row, its place in a queue and its SID, but for its texts (measured with half a million).
    private const int BytesOfOne = 640;

    /// <summary>About so many bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>A record is kept as it is.</summary>
    public void Add(IRecord record) => Add(record.Weight);

    /// <summary>The same by its <see cref="IEntryData.Weight"/>.</summary>
    public void Add(int weight) => Bytes += BytesOfOne + weight;

    /// <summary>It is not any more.</summary>
    public void Remove(IRecord record) => Bytes -= BytesOfOne + record.Weight;
}
