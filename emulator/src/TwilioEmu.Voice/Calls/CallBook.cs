using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Voice.Calls;

/// <summary>The calls of a world: those going on, and the records of all.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class CallBook(World world)
{
    private readonly Dictionary<string, LiveCall> _live = new(StringComparer.Ordinal);

    /// <summary>How many calls are going on or waiting.</summary>
    public int LiveCount => _live.Count;

    public Table<Call> Records(AccountSid account) => world.Store.Table(Call.Table, account);

    /// <summary>The call while it goes on, else null.</summary>
    public LiveCall? FindLive(string sid) => _live.GetValueOrDefault(sid);

    public void Add(LiveCall call) => _live.Add(call.Record.Sid, call);

    public void Remove(LiveCall call) => _live.Remove(call.Record.Sid);
}
