using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Codes;

/// <summary>A one-time code as a phone or mailbox keeps it.</summary>
/// <param name="At">When it came, or was spoken to its end.</param>
/// <param name="Code">As it is to be typed.</param>
/// <param name="Service">Whose it is; null where the text does not say.</param>
/// <param name="Channel"><c>sms</c>, <c>whatsapp</c>, <c>rcs</c>, <c>messenger</c>, <c>call</c> or <c>email</c>.</param>
/// <param name="From">Who sent it or called.</param>
/// <param name="Subject">The text's SID, or the call's; empty where there is none.</param>
public sealed record CodeKept(DateTimeOffset At, string Code, string? Service, string Channel, string From, string Subject) : IEntryData
{
    internal static readonly DataForm<CodeKept> Form = new(static (c, m) => new CodeKept(
        m.Instant("at", c?.At), m.Text("code", c?.Code), m.TextOrNull("service", c?.Service), m.Text("channel", c?.Channel),
        m.Text("from", c?.From), m.Text("about", c?.Subject)));

    /// <summary>The code that a text is said to carry, or that is found in it; null where there is none.</summary>
    public static CodeKept? Of(DateTimeOffset at, string channel, string from, string subject, string words, CodeFound? known) =>
        (known ?? CodeInText.Find(words)) is { } code ? new CodeKept(at, code.Code, code.Service, channel, from, subject) : null;

    /// <inheritdoc/>
    public DataForm? Packing => Form;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("code", Code);
        json.WriteString("service", Service);
        json.WriteString("channel", Channel);
        json.WriteString("from", From);
        json.WriteString("about", Subject);
    }
}
