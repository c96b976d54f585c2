using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Services;

/// <summary>The Messaging Services of a world and who is in their pools.</summary>
/// <remarks>
/// The services and the entries of their pools are stored resources; this book reads the journal for them, so that what is made, planted,
/// deleted or released is known at once. Loop-confined.
/// </remarks>
internal sealed class ServiceBook
{
    /// <summary>The table of services; those of their pools lie below it.</summary>
    public const string List = "messaging/Services";

    private readonly NumberBook _numbers;
    private readonly StoredCollection _stored;
    private readonly StoredCollection _numbersOf;
    private readonly StoredCollection _shortCodesOf;
    private readonly ChannelSenderBook _channels;
    private readonly Dictionary<(AccountSid Account, string Service), Pool> _pools = [];
    private readonly Dictionary<(AccountSid Account, string Sender), string> _services = [];

    public ServiceBook(World world, NumberBook numbers, StoredDocuments stored, ChannelSenderBook channels)
    {
        (_numbers, _channels) = (numbers, channels);
        _stored = stored.Of("messaging_v1", "/v1/Services");
        _numbersOf = stored.Of("messaging_v1", "/v1/Services/{ServiceSid}/PhoneNumbers");
        _shortCodesOf = stored.Of("messaging_v1", "/v1/Services/{ServiceSid}/ShortCodes");
        world.Project(static table => table is "phone_numbers" or "short_codes" || table.StartsWith(List, StringComparison.Ordinal), Read);
    }

    /// <summary>The account's service of a SID, or null.</summary>
    public MessagingService? Find(AccountSid account, string sid) =>
        _stored.In(account).Find(sid) is { } stored ? new MessagingService(account, stored) : null;

    /// <summary>Those of an account.</summary>
    public StoredList Of(AccountSid account) => _stored.In(account);

    /// <summary>The senders of a service.</summary>
    public Pool PoolOf(AccountSid account, string service)
    {
        if (_pools.TryGetValue((account, service), out var pool)) return pool;
        pool = new Pool();
        _pools.Add((account, service), pool);
        return pool;
    }

    /// <summary>The service that a number, short code or channel's sender is in; null for none.</summary>
    public MessagingService? ServiceOf(AccountSid account, string address)
    {
        // Most worlds have nobody in a pool, and are asked of every message.
        if (_services.Count == 0) return null;
        var sid = _numbers.Find(address) is { } number && number.Account == account ? number.Sid : _channels.Find(account, address)?.Sid;
        return sid is not null && _services.TryGetValue((account, sid), out var service) ? Find(account, service) : null;
    }

    /// <summary>What a STOP to a sender is about: its service, or itself.</summary>
    public string ScopeOf(AccountSid account, string address) => ServiceOf(account, address)?.Sid ?? address;

    /// <summary>The service that has a sender of a SID; null for none.</summary>
    public string? ServiceSidOf(AccountSid account, string senderSid) => _services.GetValueOrDefault((account, senderSid));

    private void Read(Entry entry)
    {
        if (entry.Data is not RecordChange change) return;
        if (change is { IsRemoval: true, Record: PhoneNumber number }) Leave(entry.Account, number, entry.Seq);
        if (change.Record is not Document document || !change.Table.StartsWith(List, StringComparison.Ordinal)) return;
        if (change.Table.Length == List.Length)
        {
            if (change.IsRemoval) _pools.Remove((entry.Account, document.Key));
            return;
        }
        if (change.Table.Split('/') is not [_, _, var service, var list]) return;
        if (change.IsRemoval)
        {
            PoolOf(entry.Account, service).Remove(document.Key);
            if (_services.GetValueOrDefault((entry.Account, document.Key)) == service) _services.Remove((entry.Account, document.Key));
        }
        else if (PoolSender.Of(list, document) is { } sender)
        {
            PoolOf(entry.Account, service).Put(sender);
            _services[(entry.Account, document.Key)] = service;
        }
    }

    /// <summary>A number that is released leaves its pool.</summary>
    private void Leave(AccountSid account, PhoneNumber number, long cause)
    {
        if (!_services.TryGetValue((account, number.Sid), out var service)) return;
        (number.Kind == NumberKind.ShortCode ? _shortCodesOf : _numbersOf).In(account, service).Delete(number.Sid, cause);
    }
}
