using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Channels;

/// <summary>When a person last wrote to a channel's sender, and since when they are in its sandbox.</summary>
/// <param name="Sender">The app's address.</param>
/// <param name="Person">The person's.</param>
/// <param name="LastWrote">Their last message; null while they only joined.</param>
/// <param name="Joined">When they joined the sandbox; null for not, or for a sender that is none.</param>
/// <param name="HasNumber">True once a message between the two showed the person's number (<see cref="ContactBook"/>).</param>
internal sealed record ChannelSession(
    string Sender, string Person, DateTimeOffset? LastWrote, DateTimeOffset? Joined, bool HasNumber = false) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ChannelSession> Form = new("channel_session", static (r, m) => new ChannelSession(
        m.Text("sender", r?.Sender), m.Text("person", r?.Person), m.InstantOrNull("last_wrote", r?.LastWrote),
        m.InstantOrNull("joined", r?.Joined),
        m.Flag("has_number", r?.HasNumber)));

    public static readonly TableKey<ChannelSession> Table = new("channel_sessions", Form);

    /// <summary>
    /// How long the app may write freely after a person's message (twilio.com/docs/whatsapp/key-concepts, customer service window).
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>How long a sandbox remembers who joined (twilio.com/docs/whatsapp/sandbox).</summary>
    public static readonly TimeSpan Membership = TimeSpan.FromDays(3);

    public string Key => KeyOf(Sender, Person);

    public bool IsSettled => true;

    public static string KeyOf(string sender, string person) => $"{sender} {person}";

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sender", Sender);
        json.WriteString("person", Person);
        if (LastWrote is { } wrote) json.WriteString("open_until", (wrote + Window).UtcDateTime);
        if (Joined is { } joined) json.WriteString("joined_until", (joined + Membership).UtcDateTime);
    }
}
