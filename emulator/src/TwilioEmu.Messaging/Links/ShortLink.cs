using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Links;

/// <summary>A link of one message, and the short one that stands for it.</summary>
/// <param name="Code">Ten letters and digits: the path of the short one.</param>
/// <param name="Account">Whose message it is in.</param>
/// <param name="Message">Its SID.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Short">The short one, whole.</param>
/// <param name="Created">When; it leads on for 90 days.</param>
internal sealed record ShortLink(
    string Code, AccountSid Account, string Message, string Target, string Short, DateTimeOffset Created) : IRecord
{
    /// <summary>The links of all accounts: a host is asked for a code, and knows no account.</summary>
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ShortLink> Form = new("short_link", static (r, m) => new ShortLink(
        m.Text("code", r?.Code), m.Account("account_sid", r?.Account), m.Text("message_sid", r?.Message), m.Text("target", r?.Target),
        m.Text("short", r?.Short), m.Instant("date_created", r?.Created)));

    public static readonly TableKey<ShortLink> Table = new("short_links", Form);

    public string Key => Code;

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("code", Code);
        json.WriteString("message_sid", Message);
        json.WriteString("link", Target);
        json.WriteString("shortened_link", Short);
        json.WriteString("link_create_time", Created.UtcDateTime);
    }
}
