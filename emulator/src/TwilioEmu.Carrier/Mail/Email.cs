using System.Text.Json;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Carrier.Mail;

/// <summary>An e-mail as its reader's mailbox keeps it.</summary>
/// <param name="Key">Unique in the world: <c>EM</c> and 32 hex digits.</param>
/// <param name="Account">Whose app caused it.</param>
/// <param name="To">The reader's address as it was given.</param>
/// <param name="From">The sender's address.</param>
/// <param name="FromName">The sender's name; empty for none.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="TemplateId">What it was made from; null for the usual one.</param>
/// <param name="Variables">What was put into the template, by name.</param>
public sealed record Email(
    string Key, AccountSid Account, string To, string From, string FromName, string Subject, string Body, string? TemplateId,
    IReadOnlyDictionary<string, string> Variables) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Email> Form = new("email", static (r, m) => new Email(
        m.Text("id", r?.Key), m.Account("account_sid", r?.Account), m.Text("to", r?.To), m.Text("from", r?.From),
        m.Text("from_name", r?.FromName), m.Text("subject", r?.Subject), m.Text("body", r?.Body),
        m.TextOrNull("template_id", r?.TemplateId), m.Map("variables", r?.Variables))
    {
        At = m.Instant("at", r?.At),
        Code = m.PartOrNull("code", r?.Code, CodeFound.Walk),
    });

    public required DateTimeOffset At { get; init; }

    /// <summary>The code in it, or null.</summary>
    public CodeFound? Code { get; init; }

    // An e-mail that has come does not change.
    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("to", To);
        json.WriteString("from", From);
        json.WriteString("from_name", FromName);
        json.WriteString("subject", Subject);
        json.WriteString("body", Body);
        json.WriteString("template_id", TemplateId);
        json.WriteStartObject("variables");
        foreach (var (name, value) in Variables) json.WriteString(name, value);
        json.WriteEndObject();
    }
}
