using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;

namespace TwilioEmu.Messaging.Consent;

/// <summary>Who wants no texts of whom.</summary>
/// <remarks>
/// twilio.com/docs/messaging/tutorials/advanced-opt-out; help.twilio.com 223134027: by the number for a plain number, by the service for a
/// number in one. The network of toll-free numbers keeps a list of its own (help.twilio.com 360058144374). Loop-confined.
/// </remarks>
internal sealed class ConsentBook(World world)
{
    private const string Network = "network";

    /// <summary>True when the recipient has opted out of a sender or service.</summary>
    public bool IsOptedOut(AccountSid account, string scope, string phone) => Find(account, scope, phone) is { IsOptedOut: true };

    /// <summary>True when the toll-free network lets nothing of the number through to the recipient.</summary>
    public bool IsBlocked(AccountSid account, string number, string phone) =>
        world.Store.Table(Consent.Table, account).Count > 0 && IsOptedOut(account, $"{Network} {number}", phone);

    /// <summary>Keeps what a recipient said; the entry's seq.</summary>
    public long Set(AccountSid account, string scope, string phone, bool isOptedOut, string source, DateTimeOffset at, long cause) =>
        world.Store.Put(
            Consent.Table, account, new Consent(scope, PersonOf(account, phone), isOptedOut, source, at),
            isOptedOut ? ConsentEntries.OptedOut : ConsentEntries.OptedIn, cause).Seq;

    /// <summary>The network blocks or lets through; the entry's seq.</summary>
    public long SetBlock(AccountSid account, string number, string phone, bool isBlocked, long cause) => world.Store.Put(
        Consent.Table, account, new Consent($"{Network} {number}", phone, isBlocked, "keyword", world.Clock.GetUtcNow()),
        isBlocked ? ConsentEntries.NetworkBlocked : ConsentEntries.NetworkUnblocked, cause).Seq;

    // Nearly every world has none, and is asked of every message.
    private Consent? Find(AccountSid account, string scope, string phone) =>
        world.Store.Table(Consent.Table, account) is { Count: > 0 } consents
            ? consents.Find(Consent.KeyOf(scope, PersonOf(account, phone))) : null;

    // Who said STOP has said it, whatever the app knows of their number.
    private static string PersonOf(AccountSid account, string phone) => BusinessScopedId.WithNumber(account, phone)!;
}
