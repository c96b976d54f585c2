using System.Collections;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Durable.Files;

/// <summary>The entries of some batches, made as they are asked for.</summary>
/// <remarks>
/// The journal packs them again as it takes them: a hundred thousand that lay about until then, with their records and texts, would be
/// carried by the collector from one generation to the next.
/// </remarks>
internal sealed class LoadedEntries : IReadOnlyList<Entry>
{
    private readonly IReadOnlyList<LoadedBatch> _batches;
    private readonly BatchCodec _codec;
    private readonly Func<Exception, DataFault> _damaged;

    // Of each batch the number of its first entry among all.
    private readonly int[] _begins;

    /// <param name="batches">In order.</param>
    /// <param name="codec">Reads batches.</param>
    /// <param name="damaged">What is thrown of one that cannot be read.</param>
    public LoadedEntries(IReadOnlyList<LoadedBatch> batches, BatchCodec codec, Func<Exception, DataFault> damaged)
    {
        (_batches, _codec, _damaged, _begins) = (batches, codec, damaged, new int[batches.Count]);
        for (var i = 0; i < batches.Count; i++)
        {
            _begins[i] = Count;
            Count += batches[i].Head.Count;
        }
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Entry this[int index]
    {
        get
        {
            var place = Array.BinarySearch(_begins, index);
            // Of batches without entries, which begin where the next one does, the last one.
            for (place = place < 0 ? ~place - 1 : place; place + 1 < _begins.Length && _begins[place + 1] == index;) place++;
            return EntriesOf(_batches[place])[index - _begins[place]];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator()
    {
        foreach (var batch in _batches) foreach (var entry in EntriesOf(batch)) yield return entry;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IReadOnlyList<Entry> EntriesOf(LoadedBatch batch)
    {
        if (batch.Whole is { } whole) return whole.Entries;
        try
        {
            return _codec.Read(batch.Bytes).Entries;
        }
        catch (InvalidDataException damage)
        {
            throw _damaged(damage);
        }
    }
}

/// <summary>A batch that was read.</summary>
/// <param name="Number">Its own.</param>
/// <param name="Bytes">As it was packed.</param>
/// <param name="Head">What it is about.</param>
/// <param name="Whole">What is in it, where blocks do not have that.</param>
internal sealed record LoadedBatch(long Number, byte[] Bytes, BatchHead Head, Batch? Whole);
