using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Keeping;

/// <summary>
/// Keeps nothing beyond the process, but what rooms keep beside records is remembered: a world that can be carried elsewhere, or was.
/// </summary>
/// <param name="saved">What it goes on from; null for a world that begins.</param>
public sealed class CarriedWorld(SavedWorld? saved = null) : IKeeper
{
    /// <inheritdoc/>
    public SavedWorld? Saved { get; private set; } = saved;

    /// <inheritdoc/>
    public bool IsFailing => false;

    /// <inheritdoc/>
    public bool Lasts => false;

    /// <inheritdoc/>
    public void Begin(World world)
    {
    }

    /// <inheritdoc/>
    public void Add(Entry entry)
    {
    }

    /// <inheritdoc/>
    public void Touch()
    {
    }

    /// <inheritdoc/>
    public ValueTask KeptAsync(long seq) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Forget()
    {
        if (Saved is { } saved) Saved = saved with { Rows = [], Entries = [] };
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync() => ValueTask.CompletedTask;
}
