using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Mms;

/// <summary>
/// Where the API's own address of a message's file leads: to a link that opens the bytes without credentials for a while.
/// </summary>
/// <remarks>
/// Observed: <c>api.twilio.com/.../Media/ME...</c> is always a redirect (307) to a signed link of a CDN, <c>mms.twiliocdn.com</c>; apps
/// whose client follows none get no file (gh: RocketChat/Rocket.Chat#37376, Abilityai/trinity#1932, chatwoot/chatwoot#15504). Good for
/// four hours (help.twilio.com, Protect Media Access with HTTP Basic Authentication). Here the link is at the host that was asked,
/// since a client that was led here by one name may not be by another. Loop-confined.
/// </remarks>
/// <param name="accounts">Whose secrets sign links; an account that is not active has none that opens (inferred).</param>
internal sealed class MediaLinks(World world, MediaShelf shelf, AccountBook accounts)
{
    /// <summary>How paths of links begin; the account, the message and the file follow.</summary>
    public const string Prefix = "/mms";

    private static readonly TimeSpan Life = TimeSpan.FromHours(4);

    /// <summary>A link to a file whose bytes are here.</summary>
    /// <param name="baseUrl">Scheme and authority that the client used.</param>
    /// <param name="message">Whose file it is.</param>
    /// <param name="item">The file.</param>
    public string To(string baseUrl, Message message, MediaItem item) =>
        $"{baseUrl}{Prefix}/{message.Account.Value}/{message.Sid}/{item.Sid}?"
            + SignedLink.QueryOf(accounts.TokenOf(message.Account), NameOf(message, item.Sid), world.Clock.GetUtcNow() + Life);

    /// <summary>What a link opens; null where it is good no longer, was changed, or leads to what is gone.</summary>
    public OpenedMedia? Open(string path, string? expires, string? signature)
    {
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [_, var owner, var sid, var media]
            || world.Store.Find(Message.Table.Name, new AccountSid(owner), sid) is not Message message
            || accounts.Find(message.Account) is not { } account || !accounts.IsActive(account)
            || !SignedLink.Opens(accounts.TokenOf(message.Account), NameOf(message, media), expires, signature, world.Clock.GetUtcNow()))
        {
            return null;
        }
        var item = message.Extras.Media.FirstOrDefault(m => m.Sid == media);
        return item is not null && shelf.Find(item.Hash) is { } content ? new OpenedMedia(item.ContentType, content) : null;
    }

    private static string NameOf(Message message, string media) => $"{message.Sid}/{media}";
}

/// <summary>A file as a link opens it.</summary>
public sealed record OpenedMedia(string ContentType, ReadOnlyMemory<byte> Content);
