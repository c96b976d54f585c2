using System.Collections;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Files;

/// <summary>What blocks have, once they are read.</summary>
/// <param name="Rows">Of records, those of batches that no block has included.</param>
/// <param name="Last">The newest block's number.</param>
internal sealed record LoadedBlocks(LoadedRows Rows, long Last);

/// <summary>The rows of blocks that are being read: whoever asks waits for all of them.</summary>
/// <remarks>What is wrong with a block is told to all who ask (<see cref="DataFault"/>).</remarks>
internal sealed class AwaitedRows(Task<LoadedBlocks> blocks) : ISavedRows
{
    /// <inheritdoc/>
    public int Count => Rows.Count;

    /// <inheritdoc/>
    public SavedRow this[int index] => Rows[index];

    private LoadedRows Rows => blocks.GetAwaiter().GetResult().Rows;

    /// <inheritdoc/>
    public IEnumerable<SavedRow> Of(Func<string, bool> concerns) => Rows.Of(concerns);

    /// <inheritdoc/>
    public IEnumerator<SavedRow> GetEnumerator() => Rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
