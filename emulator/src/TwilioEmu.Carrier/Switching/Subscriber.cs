using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Sip.Digest;

namespace TwilioEmu.Carrier.Switching;

/// <summary>A number of the carrier's that a real phone may register as.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Hash">What is kept of its password (RFC 2617 §3.2.2.2), for the number as name; no answer and no entry shows it.</param>
/// <param name="BareHash">The same for the number without its plus, as some phones write it.</param>
internal sealed record Subscriber(string Number, string Hash, string BareHash) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Subscriber> Form = new("subscriber", static (r, m) => new Subscriber(
        m.Text("number", r?.Number), m.Text("hash", r?.Hash), m.Text("bare_hash", r?.BareHash)));

    public static readonly TableKey<Subscriber> Table = new("subscribers", Form);

    public string Key => Number;

    public bool IsSettled => false;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
    }

    public override string ToString() => $"subscriber {Number}";
}

/// <summary>The numbers that real phones may register as with the carrier: each with a password of its own.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class Subscribers
{
    /// <summary>Of the carrier's challenges.</summary>
    public const string Realm = "carrier";

    private const int NationalDigits = 10;

    private readonly World _world;

    internal Subscribers(World world) => _world = world;

    /// <summary>True where any number has a password; without one the carrier has no registrar.</summary>
    public bool Any => _world.Store.Table(Subscriber.Table, AccountSid.None).Count > 0;

    /// <summary>From now on a phone may register as that number.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="password">Hashed at once.</param>
    public void Add(string number, string password) =>
        _world.Store.Put(
            Subscriber.Table, AccountSid.None, new Subscriber(number, HashOf(number, password), HashOf(number[1..], password)),
            SubscriberEntries.Added, 0);

    /// <summary>Nobody registers as that number any more.</summary>
    public void Remove(string number)
    {
        if (Has(number)) _world.Store.Remove(Subscriber.Table, AccountSid.None, number, SubscriberEntries.Removed, 0);
    }

    public bool Has(string number) => _world.Store.Table(Subscriber.Table, AccountSid.None).Find(number) is not null;

    /// <summary>What is kept of the password of a phone that calls itself that; null for a number that has none.</summary>
    internal string? SecretOf(string user) =>
        _world.Store.Table(Subscriber.Table, AccountSid.None).Find(NumberOf(user)) is not { } found ? null
            : user.StartsWith('+') ? found.Hash
            : found.BareHash;

    /// <summary>The number that a phone writes as its user: with or without the plus.</summary>
    internal static string NumberOf(string user) => user.StartsWith('+') ? user : $"+{user}";

    /// <summary>
    /// What somebody dialled, in E.164 where it can be had:
    /// <c>+14155550100</c>, <c>14155550100</c>, <c>4155550100</c> in North America, <c>0114930...</c>, <c>004930...</c>.
    /// </summary>
    /// <param name="dialled">Keys, with the marks people write between them.</param>
    /// <param name="caller">E.164: whose country a number without one is in.</param>
    internal static string Dialled(string dialled, string caller)
    {
        var keys = string.Concat(dialled.Where(c => char.IsAsciiDigit(c) || c is '+' or '*' or '#'));
        if (keys.StartsWith('+') || keys.Length <= 6 || !keys.All(char.IsAsciiDigit)) return keys;
        if (keys.StartsWith("011", StringComparison.Ordinal) && caller.StartsWith("+1", StringComparison.Ordinal)) return $"+{keys[3..]}";
        if (keys.StartsWith("00", StringComparison.Ordinal)) return $"+{keys[2..]}";
        return keys.Length == NationalDigits && caller.StartsWith("+1", StringComparison.Ordinal) ? $"+1{keys}" : $"+{keys}";
    }

    private static string HashOf(string user, string password) => DigestSecret.Of(user, Realm, password).Md5;
}

/// <summary>Who may register with the carrier.</summary>
public static class SubscriberEntries
{
    public static readonly EntryKind Added = new("subscriber.added", "a real SIP phone may register with the carrier as a number");
    public static readonly EntryKind Removed = new("subscriber.removed", "no phone may register as a number any more");

    public static IReadOnlyList<EntryKind> All { get; } = [Added, Removed];
}
