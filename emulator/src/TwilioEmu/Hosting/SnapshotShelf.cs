using System.Globalization;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Hosting;

/// <summary>Worlds that were kept in memory, in the order they were taken. Safe from any thread.</summary>
internal sealed class SnapshotShelf
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, (Snapshot Shown, SavedWorld World, ClockMode Clock)> _kept = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>What is kept.</summary>
    public IReadOnlyList<Snapshot> All
    {
        get
        {
            lock (_lock) return [.. _kept.Values.Select(k => k.Shown)];
        }
    }

    /// <summary>Keeps a world as it is now; one of the same name goes. Null where there is no room.</summary>
    public async Task<Snapshot?> KeepAsync(string? name, World world, CancellationToken cancellation)
    {
        if (!HasRoom(name)) return null;
        var (kept, clock) = await world.Loop.RunOutsideAsync(() => Task.FromResult((world.Carry(), world.Clock.Mode)), cancellation);
        return Put(name, kept, clock);
    }

    /// <summary>A world and the clock it had; null where none is called so.</summary>
    public (Snapshot Shown, SavedWorld World, ClockMode Clock)? Find(string id)
    {
        lock (_lock) return _kept.TryGetValue(id, out var kept) ? kept : null;
    }

    // Those without a name take a number.
    private bool HasRoom(string? name)
    {
        lock (_lock) return _kept.Count < Snapshot.MostKept || (name is not null && _kept.ContainsKey(name));
    }

    private Snapshot Put(string? name, SavedWorld world, ClockMode clock)
    {
        lock (_lock)
        {
            var id = name;
            while (id is null || (name is null && _kept.ContainsKey(id))) id = (++_count).ToString(CultureInfo.InvariantCulture);
            var shown = new Snapshot(id, world.At, world.Rows.Count, world.Entries.Count);
            _kept.Remove(id);
            _kept.Add(id, (shown, world, clock));
            return shown;
        }
    }
}
