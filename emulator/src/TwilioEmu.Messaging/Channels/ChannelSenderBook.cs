using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Channels;

/// <summary>The WhatsApp and RCS senders of a world, by address.</summary>
/// <remarks>
/// Senders are stored resources; this book reads the journal for them and tells the exchange which addresses are the emulator's. A
/// sandbox's address may be several accounts', told apart by what its phones have joined. Loop-confined.
/// </remarks>
internal sealed class ChannelSenderBook
{
    /// <summary>The list of senders among the stored resources.</summary>
    public const string List = "messaging/Channels/Senders";

    private readonly World _world;
    private readonly Exchange _exchange;
    private readonly Dictionary<string, List<ChannelSender>> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    public ChannelSenderBook(World world, Exchange exchange)
    {
        (_world, _exchange) = (world, exchange);
        world.Project(static table => table == List || table == Sandbox.Table.Name, Read);
    }

    /// <summary>The account's sender of an address, or null.</summary>
    public ChannelSender? Find(AccountSid account, string address) =>
        _byAddress.TryGetValue(address, out var senders) ? senders.Find(s => s.Account == account) : null;

    /// <summary>Who has an address.</summary>
    public IReadOnlyList<ChannelSender> At(string address) => _byAddress.TryGetValue(address, out var senders) ? senders : [];

    /// <summary>The addresses of an account's senders.</summary>
    public IEnumerable<string> Of(AccountSid account) =>
        _byAddress.Where(s => s.Value.Exists(a => a.Account == account)).Select(s => s.Key);

    private void Read(Entry entry)
    {
        if (entry.Data is RecordChange { IsRemoval: false, Record: Sandbox sandbox }) Become(sandbox);
        if (entry.Data is not RecordChange { Table: List, Record: Document document } change) return;
        if (_addresses.Remove(document.Key, out var former)) Forget(former, document.Key);
        if (change.IsRemoval || ChannelSender.Of(entry.Account, document) is not { } sender) return;
        if (!_byAddress.TryGetValue(sender.Address, out var senders)) _byAddress.Add(sender.Address, senders = []);
        senders.Add(sender with { JoinCode = _world.Store.Table(Sandbox.Table, entry.Account).Find(sender.Sid)?.JoinCode });
        _addresses.Add(sender.Sid, sender.Address);
        _exchange.AddNumber(sender.Address);
    }

    private void Become(Sandbox sandbox)
    {
        if (!_addresses.TryGetValue(sandbox.SenderSid, out var address)) return;
        var senders = _byAddress[address];
        var at = senders.FindIndex(s => s.Sid == sandbox.SenderSid);
        senders[at] = senders[at] with { JoinCode = sandbox.JoinCode };
    }

    private void Forget(string address, string sid)
    {
        var senders = _byAddress[address];
        senders.RemoveAll(s => s.Sid == sid);
        if (senders.Count > 0) return;
        _byAddress.Remove(address);
        _exchange.RemoveNumber(address);
    }
}
