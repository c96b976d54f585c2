using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Voice.Conferences;

/// <summary>The conferences of a world: those going on, by SID and name, and the records of all.</summary>
/// <remarks>
/// Loop-confined. One goes on by a name at a time; rooms are live calls, which end with the process, so they are kept in memory.
/// </remarks>
internal sealed class ConferenceBook(World world, ConferenceReporter reporter)
{
    private readonly Dictionary<(AccountSid Account, string Name), ConferenceRoom> _byName = [];
    private readonly Dictionary<string, ConferenceRoom> _bySid = new(StringComparer.Ordinal);

    public Table<Conference> Records(AccountSid account) => world.Store.Table(Conference.Table, account);

    /// <summary>The room of a conference that goes on, by SID or by name; null for none.</summary>
    public ConferenceRoom? Find(AccountSid account, string sidOrName) =>
        _bySid.TryGetValue(sidOrName, out var room) && room.Record.Account == account
            ? room
            : _byName.GetValueOrDefault((account, sidOrName));

    /// <summary>The room of a name, opened where there is none.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="name">Its friendly name.</param>
    /// <param name="callback">Who is told of it, where it is opened.</param>
    /// <param name="region">Where it is mixed, where it is opened; null for the usual.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public ConferenceRoom Of(AccountSid account, string name, ConferenceCallback callback, string? region, long cause)
    {
        if (_byName.TryGetValue((account, name), out var open)) return open;
        var now = world.Clock.GetUtcNow();
        var record = new Conference
        {
            Sid = world.Sids.New("CF"),
            Account = account,
            FriendlyName = name,
            Created = now,
            Updated = now,
            Region = region ?? "us1",
        };
        world.Store.Put(Conference.Table, account, record, ConferenceEntries.Created, cause);
        var room = new ConferenceRoom(world, record, reporter, Close) { Callback = callback };
        _byName.Add((account, name), room);
        _bySid.Add(record.Sid, room);
        return room;
    }

    private void Close(ConferenceRoom room)
    {
        _byName.Remove((room.Record.Account, room.Record.FriendlyName));
        _bySid.Remove(room.Record.Sid);
    }
}
